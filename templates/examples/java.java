import com.github.scribejava.core.builder.ServiceBuilder;
import com.github.scribejava.core.builder.api.DefaultApi10a;
import com.github.scribejava.core.model.OAuth1AccessToken;
import com.github.scribejava.core.model.OAuth1RequestToken;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Response;
import com.github.scribejava.core.model.Verb;
import com.github.scribejava.core.oauth.OAuth10aService;
import java.util.Scanner;

public class Forge extends DefaultApi10a {
    static final String FORGE = "https://forge.example.org";
    static final String PLUGIN = FORGE + "/plugins/oauthprovider";

    @Override public String getRequestTokenEndpoint() { return PLUGIN + "/request_token"; }
    @Override public String getAccessTokenEndpoint() { return PLUGIN + "/access_token"; }
    @Override public String getAuthorizationBaseUrl() { return PLUGIN + "/authorize"; }

    public static void main(String[] arguments) throws Exception {
        OAuth10aService service = new ServiceBuilder(System.getenv("CONSUMER_KEY"))
            .apiSecret(System.getenv("CONSUMER_SECRET"))
            .callback("oob")
            .build(new Forge());
        OAuth1RequestToken temporary = service.getRequestToken();
        System.out.println("Open this page, choose a role, and authorize:");
        System.out.println(service.getAuthorizationUrl(temporary));
        System.out.print("The code on the page: ");
        String verifier = new Scanner(System.in).nextLine().trim();
        // Keep its token and its secret: they are what your tool acts with from now on.
        OAuth1AccessToken token = service.getAccessToken(temporary, verifier);
        System.out.println("token: " + token.getToken().substring(0, 6) + "…");

        OAuthRequest request = new OAuthRequest(Verb.GET, PLUGIN + "/echo?message=hello");
        service.signRequest(token, request);
        try (Response answer = service.execute(request)) {
            System.out.println(answer.getBody());
        }
    }
}
