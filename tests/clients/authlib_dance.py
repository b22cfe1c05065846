"""The service as Authlib sees it: `authlib_dance.py BASE_URL FOLDER`.

A second signer, with other habits than oauthlib: it signs a form on GET as well, as the RFC has it, and a
session that once had a callback sends `oauth_callback` with the exchange too, and writes it into the address
of the consent page. The service signs over the first and must not believe the second.

Where it departs from RFC 5849, this program steers around it and still checks the service:

* It decodes the values of `oauth_*` parameters twice, in the header too: no key or callback here holds `%41`.
* It leaves a parameter called `realm` out of the signature wherever it stands: none is sent here.
* It knows no HMAC-SHA256. The hash is added below; the base string, which is the hard part, stays Authlib's.

The endpoints are called by their FusionForge names, which end in `.php`.
"""

import base64
import hashlib
import hmac
import os

from authlib.common.urls import add_params_to_uri
from authlib.integrations.requests_client import OAuth1Auth, OAuth1Session
from authlib.oauth1.rfc5849.signature import generate_signature_base_string
from authlib.oauth1.rfc5849.util import escape

from checks import AWKWARD, CALLBACK, FORM, P, Library, arguments, equal, expect, passed
from dance import Client
from refusals import every_refusal
from resources import TRACKER_A, as_json, echo, echo_every_method, echo_odd_requests, global_role, tracker, user_info

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # it refuses http:// otherwise, on loopback too

PLACEMENTS = ["header", "body", "query"]
METHODS = ["HMAC-SHA1", "HMAC-SHA256"]


def sign_hmac_sha256(client, request):
    key = f"{escape(client.client_secret or '')}&{escape(client.token_secret or '')}"
    text = generate_signature_base_string(request)
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


OAuth1Auth.register_signature_method("HMAC-SHA256", sign_hmac_sha256)


class Authlib(Library):
    name = "Authlib"
    consumer_name = "authlib"
    endpoint_suffix = ".php"

    def session(
        self, consumer, token=None, *, callback=None, verifier=None, placement="header", method="HMAC-SHA1", **more
    ):
        session = OAuth1Session(
            consumer["key"],
            consumer["secret"],
            token=token and token["oauth_token"],
            token_secret=token and token["oauth_token_secret"],
            redirect_uri=callback,
            verifier=verifier,
            signature_method=method,
            signature_type=placement.upper(),
            **more,
        )
        session.trust_env = False  # a proxy of the environment has no business on loopback
        return session

    def consent_address(self, session, url):
        # What FusionForge's consumers add, and what a thief would: neither changes where the verifier goes.
        url = session.create_authorization_url(url, type="group", name="project-b")
        return add_params_to_uri(url, [("oauth_callback", "http://elsewhere.example/steal")])


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
    for placement in PLACEMENTS:
        for method in METHODS:
            echo_every_method(client, token, how={"placement": placement, "method": method})
    # The protocol parameters alone in a body, of a GET at that:
    echo(client, token, "GET", query=AWKWARD, how={"placement": "body"})


def realm_in_the_header(client, token):
    """A realm is not signed, nor counted among the parameters."""
    what = "a realm with a comma and an equals sign"
    session = client.session(token)
    session.auth.realm = "Forge, project=a"
    answer = session.get(f"{client.base}{P}/echo", params=AWKWARD)
    expect(what, answer, 200)
    equal(what, answer.json()["parameters"], as_json(AWKWARD))
    passed(what)


def rsa_signatures(client):
    consumer = client.forge.consumer("rsa")
    how = {"method": "RSA-SHA1", "rsa_key": client.forge.rsa_key()}
    token = client.dance(consumer, **how)
    answer = client.call(token, "POST", f"{P}/echo", consumer=consumer, how=how, params=AWKWARD, data=FORM)
    expect("echo signed with RSA-SHA1", answer, 200)
    equal("RSA-SHA1: parameters", answer.json()["parameters"], as_json(AWKWARD + FORM))
    passed("the dance and an echo (RSA-SHA1)")


def body_hash(client, token):
    how = {"force_include_body": True}
    answer = client.call(token, "POST", TRACKER_A, how=how, json={"summary": "hashed by Authlib"})
    expect("an item with oauth_body_hash", answer, 201)
    passed("an item with oauth_body_hash")


def main():
    client = Client(Authlib(), *arguments())
    token = dances(client)
    every_way_of_signing(client, token)
    echo_odd_requests(client, token)
    realm_in_the_header(client, token)
    rsa_signatures(client)
    global_role(client)
    tracker(client, token)
    user_info(client, token)
    body_hash(client, token)
    every_refusal(client, token)


if __name__ == "__main__":
    main()
