import os

from requests_oauthlib import OAuth1Session

FORGE = "https://forge.example.org"
PLUGIN = FORGE + "/plugins/oauthprovider"

session = OAuth1Session(
    os.environ["CONSUMER_KEY"],
    client_secret=os.environ["CONSUMER_SECRET"],
    callback_uri="oob",  # or the URL that your tool registered
)
session.fetch_request_token(PLUGIN + "/request_token")
print("Open this page, choose a role, and authorize:")
print(session.authorization_url(PLUGIN + "/authorize"), flush=True)
token = session.fetch_access_token(
    PLUGIN + "/access_token", verifier=input("The code on the page: ").strip()
)
# Keep these two: they are what your tool acts with from now on.
print("token:", token["oauth_token"][:6] + "…")

answer = session.get(PLUGIN + "/echo", params={"message": "hello"})
answer.raise_for_status()
print(answer.json())
