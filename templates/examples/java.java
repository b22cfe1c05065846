import com.google.api.client.auth.oauth.OAuthAuthorizeTemporaryTokenUrl;
import com.google.api.client.auth.oauth.OAuthCredentialsResponse;
import com.google.api.client.auth.oauth.OAuthGetAccessToken;
import com.google.api.client.auth.oauth.OAuthGetTemporaryToken;
import com.google.api.client.auth.oauth.OAuthHmacSigner;
import com.google.api.client.auth.oauth.OAuthParameters;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import java.util.Scanner;

public class Forge {
    static final String PLUGIN = "https://forge.example.org/plugins/oauthprovider";
    static final String KEY = System.getenv("CONSUMER_KEY");

    public static void main(String[] arguments) throws Exception {
        HttpTransport transport = new NetHttpTransport();
        OAuthHmacSigner signer = new OAuthHmacSigner();
        signer.clientSharedSecret = System.getenv("CONSUMER_SECRET");

        OAuthGetTemporaryToken first = new OAuthGetTemporaryToken(PLUGIN + "/request_token");
        first.consumerKey = KEY;
        first.signer = signer;
        first.transport = transport;
        first.callback = "oob";
        OAuthCredentialsResponse temporary = first.execute();

        OAuthAuthorizeTemporaryTokenUrl page = new OAuthAuthorizeTemporaryTokenUrl(PLUGIN + "/authorize");
        page.temporaryToken = temporary.token;
        System.out.println("Open this page, choose a role, and authorize:");
        System.out.println(page.build());
        System.out.print("The code on the page: ");

        OAuthGetAccessToken second = new OAuthGetAccessToken(PLUGIN + "/access_token");
        second.consumerKey = KEY;
        second.signer = signer;
        second.transport = transport;
        second.temporaryToken = temporary.token;
        second.verifier = new Scanner(System.in).nextLine().trim();
        signer.tokenSharedSecret = temporary.tokenSecret;
        // Keep its token and its secret: they are what your tool acts with from now on.
        OAuthCredentialsResponse token = second.execute();
        System.out.println("token: " + token.token.substring(0, 6) + "…");

        OAuthParameters signing = new OAuthParameters();
        signing.consumerKey = KEY;
        signing.signer = signer;
        signing.token = token.token;
        signer.tokenSharedSecret = token.tokenSecret;
        GenericUrl echo = new GenericUrl(PLUGIN + "/echo?message=hello");
        System.out.println(transport.createRequestFactory(signing).buildGetRequest(echo).execute().parseAsString());
    }
}
