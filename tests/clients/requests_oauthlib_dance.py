"""The service as requests-oauthlib sees it: `requests_oauthlib_dance.py BASE_URL FOLDER`.

The library of most Python tools. It signs in the header, the body and the query, with HMAC and RSA, SHA-1 and
SHA-256. Where it departs from RFC 5849, this program steers around it and still checks the service:

* It decodes the values of `oauth_*` parameters twice when they travel in the body or the query, so that a key
  or a callback that holds `%41` is signed as `A` there. What looks encoded goes into the header alone.
* It refuses to sign a form on GET and HEAD. The service accepts one: Authlib's program checks that.
* Its `oauth_body_hash` is SHA-1 whatever the signature method: it is checked with HMAC-SHA1.
"""

import time

import requests
from oauthlib.oauth1 import SIGNATURE_TYPE_AUTH_HEADER, SIGNATURE_TYPE_BODY, SIGNATURE_TYPE_QUERY
from requests_oauthlib import OAuth1Session

from checks import AWKWARD, CALLBACK, FORM, P, Library, arguments, equal, expect, passed, refused
from dance import Client
from refusals import every_refusal
from resources import TRACKER_A, as_json, echo, echo_every_method, echo_odd_requests, global_role, tracker, user_info

PLACEMENTS = {"header": SIGNATURE_TYPE_AUTH_HEADER, "body": SIGNATURE_TYPE_BODY, "query": SIGNATURE_TYPE_QUERY}
METHODS = ["HMAC-SHA1", "HMAC-SHA256"]

# A query parameter of this name is signed like any other; only the `realm` of the header is not.
WITH_REALM = [*AWKWARD, ("realm", "signed")]


class RequestsOauthlib(Library):
    name = "requests-oauthlib"
    consumer_name = "requests-oauthlib"
    signs_a_form_on_get = False

    def session(
        self, consumer, token=None, *, callback=None, verifier=None, placement="header", method="HMAC-SHA1", **more
    ):
        session = OAuth1Session(
            consumer["key"],
            client_secret=consumer["secret"],
            resource_owner_key=token and token["oauth_token"],
            resource_owner_secret=token and token["oauth_token_secret"],
            callback_uri=callback,
            verifier=verifier,
            signature_method=method,
            signature_type=PLACEMENTS[placement],
            **more,
        )
        session.trust_env = False  # a proxy of the environment has no business on loopback
        return session

    def consent_address(self, session, url):
        return session.authorization_url(url)


def dances(client):
    """All three legs in every placement and with every method, by redirect and by hand; gives a token."""
    for placement in PLACEMENTS:
        for method in METHODS:
            callback = CALLBACK + "?state=a~b*&empty="
            token = client.dance(placement=placement, method=method, callback=callback)
            passed(f"the dance ({placement} {method})")
        client.dance_out_of_band(placement=placement)
        passed(f"the dance out of band ({placement})")
    return token


def every_way_of_signing(client, token):
    for method in METHODS:
        for placement in ["header", "query"]:
            how = {"placement": placement, "method": method}
            echo_every_method(client, token, query=WITH_REALM, how=how)
        for verb in ["POST", "PUT", "PATCH", "DELETE"]:
            echo(client, token, verb, query=WITH_REALM, form=FORM, how={"placement": "body", "method": method})


def what_looks_encoded(client):
    """A callback, a key and a secret that hold `%41` or `%2520` come through decoded exactly once."""
    client.dance(callback=CALLBACK + "?state=a%2520b%26c%3D%2B&next=%2Fx%3Fy%3D%2525&empty=")
    passed("the dance with a callback whose query looks encoded twice")
    consumer = client.forge.consumer("twice-encoded")
    token = client.dance(consumer)
    echo_every_method(client, token, consumer=consumer)
    passed("the dance with a consumer key that looks encoded")


def tokens_by_get(client):
    """Both token endpoints answer GET as well as POST."""
    session = client.session(callback="oob")
    expect("a request token by GET", session.get(client.endpoint("request_token")), 200)
    client.fetch_request_token(session)
    session.token = {**session.token, "oauth_verifier": client.carried_verifier(session)}
    expect("an access token by GET", session.get(client.endpoint("access_token")), 200)
    passed("both kinds of token by GET")


def rsa_signatures(client, token):
    consumer, key = client.forge.consumer("rsa"), client.forge.rsa_key()
    for method in ["RSA-SHA1", "RSA-SHA256"]:
        how = {"method": method, "rsa_key": key}
        rsa_token = client.dance(consumer, **how)
        answer = client.call(rsa_token, "POST", f"{P}/echo", consumer=consumer, how=how, params=AWKWARD, data=FORM)
        expect(f"echo signed with {method}", answer, 200)
        equal(f"{method}: parameters", answer.json()["parameters"], as_json(AWKWARD + FORM))
        passed(f"the dance and an echo ({method})")
    answer = client.call(token, "GET", f"{P}/echo", how={"method": "RSA-SHA1", "rsa_key": key})
    refused("RSA by a consumer that registered no key", answer, 400, "signature_method_rejected")


def body_hash(client, token):
    """With `force_include_body` the library signs a hash over a body that is no form."""
    session = client.session(token, force_include_body=True)
    unsigned = requests.Request("POST", client.base + TRACKER_A, json={"summary": "hashed"})
    expect("an item with oauth_body_hash", session.send(session.prepare_request(unsigned)), 201)
    passed("an item with oauth_body_hash")
    request = session.prepare_request(unsigned)
    request.body = request.body.replace(b"hashed", b"forged")
    refused("a body that is not the hashed one", session.send(request), 401, "signature_invalid")


def refusals_of_this_library(client, token):
    """What only oauthlib can be brought to send."""
    answer = client.call(token, "GET", f"{P}/echo?oauth_version=1.0")
    refused("OAuth parameters in two places", answer, 400, "parameter_rejected")
    answer = client.call(token, "GET", f"{P}/echo", how={"method": "HMAC-SHA512"})
    refused("HMAC-SHA512", answer, 400, "signature_method_rejected")
    for minutes in [-6, 6]:
        how = {"timestamp": str(int(time.time()) + 60 * minutes)}
        answer = client.call(token, "GET", f"{P}/echo", how=how)
        refused(f"a clock {minutes} minutes off", answer, 401, "timestamp_refused")


def main():
    client = Client(RequestsOauthlib(), *arguments())
    token = dances(client)
    every_way_of_signing(client, token)
    echo_odd_requests(client, token)
    what_looks_encoded(client)
    tokens_by_get(client)
    rsa_signatures(client, token)
    global_role(client)
    tracker(client, token)
    user_info(client, token)
    user_info(client, token, placement="query")
    body_hash(client, token)
    refusals_of_this_library(client, token)
    every_refusal(client, token)


if __name__ == "__main__":
    main()
