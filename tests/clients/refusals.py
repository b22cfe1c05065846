"""What the service refuses, in the words that tools are told to look for."""

import re
from urllib.parse import parse_qsl, urlsplit

import requests

from checks import AWKWARD, CALLBACK, P, ensure, equal, expect, passed, refused

ECHO = f"{P}/echo"
TOKENS_PAGE = f"{P}/access_tokens"


def every_refusal(client, token):
    wrong_consumer(client, token)
    wrong_token(client, token)
    wrong_request(client, token)
    replay(client, token)
    no_pages(client, token)
    wrong_callback(client)
    exchanges(client)
    denial(client)
    revocation(client)


def wrong_consumer(client, token):
    consumer = {**client.consumer, "secret": client.consumer["secret"] + "x"}
    refused("a wrong consumer secret", client.call(token, "GET", ECHO, consumer=consumer), 401, "signature_invalid")
    consumer = {**client.consumer, "key": client.consumer["key"] + "x"}
    refused("an unknown consumer", client.call(token, "GET", ECHO, consumer=consumer), 401, "consumer_key_unknown")
    session = client.library.session(client.forge.consumer("retired"), callback="oob")
    refused("a disabled consumer", session.post(client.endpoint("request_token")), 401, "consumer_key_rejected")


def wrong_token(client, token):
    wrong = {**token, "oauth_token_secret": token["oauth_token_secret"][:-1]}
    refused("a wrong token secret", client.call(wrong, "GET", ECHO), 401, "signature_invalid")
    wrong = {**token, "oauth_token": "no-such-token"}
    refused("an unknown token", client.call(wrong, "GET", ECHO), 401, "token_rejected")
    consumer = client.forge.consumer("rsa")  # which may sign with its secret as well
    refused("another consumer's token", client.call(token, "GET", ECHO, consumer=consumer), 401, "token_rejected")


def wrong_request(client, token):
    answer = client.call(token, "GET", ECHO, how={"method": "PLAINTEXT"})
    refused("PLAINTEXT", answer, 400, "signature_method_rejected")
    unsigned = requests.Session()
    unsigned.trust_env = False
    answer = unsigned.get(client.base + ECHO)
    told = (answer.status_code, dict(parse_qsl(answer.text)).get("oauth_problem"))
    equal("no signature at all", told, (401, "parameter_absent"))
    passed("no signature at all: 401 parameter_absent")


def replay(client, token):
    """The same signed request, byte for byte, works once."""
    session = client.session(token)
    request = session.prepare_request(requests.Request("GET", client.base + ECHO, params=AWKWARD))
    expect("a request, the first time", session.send(request), 200)
    refused("the same request again", session.send(request), 401, "nonce_used")


def no_pages(client, token):
    for path in ["/", f"{P}/consumers", TOKENS_PAGE]:
        expect(f"a token at {path}", client.call(token, "GET", path), 403)
    passed("a token opens no page: 403")


def wrong_callback(client):
    url, name = client.endpoint("request_token"), "oauth_callback"
    answer = client.session().post(url)
    refused("no callback", answer, 400, "parameter_absent", oauth_parameters_absent=name)
    answer = client.session(callback="http://elsewhere.example/callback").post(url)
    refused("an unregistered callback", answer, 400, "parameter_rejected", oauth_parameters_rejected=name)


def exchanges(client):
    """A request token from before the decision to after the exchange, with every wrong turn on the way."""
    session = client.session(callback=CALLBACK)
    request_token = client.fetch_request_token(session)
    address = client.consent_address(session)

    def exchange(verifier):
        return client.session(request_token, verifier=verifier).post(client.endpoint("access_token"))

    refused("an exchange before the decision", exchange("guess"), 401, "permission_unknown")
    refused("a request token on a resource", client.call(request_token, "GET", ECHO), 401, "token_rejected")
    verifier = dict(parse_qsl(urlsplit(client.decide(address).location).query))["oauth_verifier"]
    client.forge.remember(verifier)
    wrong = {"oauth_parameters_rejected": "oauth_verifier"}
    refused("a wrong verifier", exchange(verifier + "x"), 401, "parameter_rejected", **wrong)
    expect("the right verifier after a wrong one", exchange(verifier), 200)
    refused("a second exchange", exchange(verifier), 401, "token_used")
    equal("a consent page decided on", client.browser_of("alice").open(address).status, 410)
    passed("a consent page decided on: 410")


def denial(client):
    session = client.session(callback=CALLBACK + "?state=kept")
    request_token = client.fetch_request_token(session)
    page = client.decide(client.consent_address(session), decision="deny")
    ensure("a denial redirects", page.location is not None, f"{page.status} {page.html}")
    wanted = {"state": "kept", "oauth_token": request_token["oauth_token"], "oauth_problem": "permission_denied"}
    equal("the callback of a denial", dict(parse_qsl(urlsplit(page.location).query)), wanted)
    answer = client.session(request_token, verifier="guess").post(client.endpoint("access_token"))
    refused("an exchange after a denial", answer, 401, "permission_denied")


def revocation(client):
    """Alice revokes on her page what she has just granted; the very next request is refused."""
    _, before = revoke_forms(client)
    token = client.dance()
    expect("a token before its revocation", client.call(token, "GET", ECHO), 200)
    page, now = revoke_forms(client)
    fresh = [now[token_id] for token_id in now.keys() - before.keys()]
    equal("tokens that are new on the page", len(fresh), 1)
    after = client.browser_of("alice").submit(page, fresh[0])
    ensure("a page follows the revocation", after.status == 200, f"{after.status} {after.html}")
    refused("a revoked token", client.call(token, "GET", ECHO), 401, "token_revoked")


def revoke_forms(client):
    """The page of Alice's tokens, and its forms by the id of the token that each revokes."""
    page = client.browser_of("alice").open(TOKENS_PAGE)
    equal("the page of one's tokens", page.status, 200)
    address = re.compile(re.escape(TOKENS_PAGE) + r"/([^/]+)/revoke")
    found = [(address.fullmatch(urlsplit(form.action).path), form) for form in page.forms]
    return page, {match[1]: form for match, form in found if match}
