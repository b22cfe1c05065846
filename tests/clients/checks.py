"""The words of the client tests: what a check is, what was imported, and what a library under test must offer.

A check that holds prints one line; the first that does not raises `Failed`, whose message says what was asked
and what came back, and so ends the program with a traceback and exit code 1.
"""

import faulthandler
import json
import pathlib
import sys
from urllib.parse import parse_qsl, quote

P = "/plugins/oauthprovider"
CALLBACK = "http://127.0.0.1:9/callback"

# Names and values that signing goes wrong on: sorted before instead of after encoding, `+` for a blank,
# encoded once too often or too rarely, merged or reordered when repeated, dropped when empty.
AWKWARD = [
    ("message", "Ünïcode ☃ 🦀"),
    ("plus", "1+1=2"),
    ("percent", "100%25 of %2B, 100%"),
    ("ampersand", "a&b=c;d"),
    ("tilde", "~user/*.txt"),
    ("blanks", " two  blanks "),
    ("empty", ""),
    ("again", "z"),
    ("again", "é"),
    ("again", "a+"),
    ("again", "a"),
    ("again", "z"),
    ("a name with blank & = + % ~ *", "x"),
    ("a10", "after a1 and before a2"),
    ("a2", ""),
    ("a[]", "1"),
    ("c@", "sorted by its encoded form"),
    ("c2", ""),
    ("lines", "one\r\ntwo\tand a tab"),
    ("quotes", "\"',:!()[]{}\\|^`<>"),
]
# A second set, for the form of a request whose query is awkward already.
FORM = [
    ("again", "in the form, too"),
    ("message", "the second of that name"),
    ("form ☃", "+ % & = ~ * é"),
    ("empty too", ""),
]


class Failed(Exception):
    """A check that did not hold."""


def passed(what):
    print(f"ok    {what}", flush=True)


def ensure(what, holds, detail):
    if not holds:
        raise Failed(f"{what}\n      {detail}")


def equal(what, got, wanted):
    ensure(what, got == wanted, f"got    {got!r}\n      wanted {wanted!r}")


def expect(what, answer, status):
    """The status, and what holds for every answer to a signed request: not to be stored, and no cookie."""
    said = f"{answer.request.method} {answer.url} answered {answer.status_code}: {answer.text!r}"
    ensure(f"{what}: status {status}", answer.status_code == status, said)
    ensure(f"{what}: no-store", "no-store" in answer.headers.get("Cache-Control", ""), answer.headers)
    ensure(f"{what}: no cookie", "Set-Cookie" not in answer.headers, answer.headers)


def refused(what, answer, status, code, **details):
    """A refusal as the Problem Reporting extension words it, in the body and in WWW-Authenticate."""
    expect(what, answer, status)
    told = dict(parse_qsl(answer.text, keep_blank_values=True))
    for name, value in {"oauth_problem": code, **details}.items():
        equal(f"{what}: {name} in {answer.text!r}", told.get(name), value)
    challenge = answer.headers.get("WWW-Authenticate", "")
    named = challenge.startswith('OAuth realm="') and f'oauth_problem="{code}"' in challenge
    ensure(f"{what}: WWW-Authenticate names {code}", named, challenge)
    passed(f"{what}: {status} {code}")


class Forge:
    """What was imported into the service, and the list of what no log of the service may hold."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.data = json.loads((self.folder / "forge.json").read_text(encoding="utf-8"))
        self.remember(*(consumer["secret"] for consumer in self.data["consumers"]))
        self.remember(*(user["password"] for user in self.data["users"]))

    def consumer(self, name):
        return self._named("consumers", name)

    def user(self, name):
        return self._named("users", name)

    def project(self, name):
        return self._named("projects", name)

    def _named(self, kind, name):
        return next(thing for thing in self.data[kind] if thing["name"] == name)

    def rsa_key(self):
        return (self.folder / "rsa.pem").read_text(encoding="ascii")

    def remember(self, *secrets):
        """Notes secrets, plain and percent-encoded, one a line; `tests/run` searches the service's log for them."""
        with open(self.folder / "secrets.txt", "a", encoding="utf-8") as file:
            for secret in secrets:
                file.write(f"{secret}\n{quote(secret, safe='~')}\n")


class Library:
    """A signing library under test; a subclass says how it is spoken to."""

    name = "a library"
    consumer_name = "a consumer of forge.json"
    endpoint_suffix = ""  # or `.php`: each endpoint of the flow answers under both names
    signs_a_form_on_get = True

    def session(self, consumer, token=None, *, callback=None, verifier=None, placement="header", method="HMAC-SHA1"):
        """A `requests.Session` that signs all it sends.

        `token` is a dict with `oauth_token` and `oauth_token_secret`; `placement` is where the `oauth_*`
        parameters travel: `header`, `body` or `query`.
        """
        raise NotImplementedError

    def consent_address(self, session, url):
        """The address of the consent page as the library writes it."""
        raise NotImplementedError


def arguments():
    """The service's address and the folder of `make_forge.py`, from the command line."""
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} BASE_URL FOLDER")
    faulthandler.dump_traceback_later(240, exit=True)  # a service that hangs is a failure as well
    return sys.argv[1].rstrip("/"), Forge(sys.argv[2])
