FORGE=https://forge.example.org
tool=(--server "$FORGE" --consumer-key "$CONSUMER_KEY" --consumer-secret "$CONSUMER_SECRET")

temporary=$(oauthprovider client request-token "${tool[@]}" --callback oob)
echo "Open this page, choose a role, and authorize:"
jq -r .authorize_url <<<"$temporary"
read -rp "The code on the page: " verifier
# Keep these two: they are what your tool acts with from now on.
token=$(oauthprovider client access-token "${tool[@]}" --verifier "$verifier" \
  --token "$(jq -r .oauth_token <<<"$temporary")" \
  --token-secret "$(jq -r .oauth_token_secret <<<"$temporary")")
echo "token: $(jq -r '.oauth_token[:6]' <<<"$token")…"

oauthprovider client call GET "$FORGE/plugins/oauthprovider/echo?message=hello" "${tool[@]}" \
  --token "$(jq -r .oauth_token <<<"$token")" --token-secret "$(jq -r .oauth_token_secret <<<"$token")"
