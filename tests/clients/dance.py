"""The three legs, walked by a consumer that a library signs for and by a user with a browser."""

from urllib.parse import parse_qsl, urljoin, urlsplit

from browser import Browser
from checks import CALLBACK, P, ensure, equal


class Client:
    """One library that signs for one consumer of one service, and the browsers of the users it asks."""

    def __init__(self, library, base, forge):
        self.library = library
        self.base = base
        self.forge = forge
        self.consumer = forge.consumer(library.consumer_name)
        self._browsers = {}

    def endpoint(self, name):
        return f"{self.base}{P}/{name}{self.library.endpoint_suffix}"

    def browser_of(self, user):
        return self._browsers.setdefault(user, Browser(self.base))

    def session(self, token=None, **how):
        return self.library.session(self.consumer, token, **how)

    def call(self, token, method, path, *, consumer=None, how=None, **request):
        """One signed request; `how` says how to sign it, the rest is what `requests` takes."""
        session = self.library.session(consumer or self.consumer, token, **(how or {}))
        return session.request(method, urljoin(self.base, path), allow_redirects=False, **request)

    # The legs, each with what it must answer:

    def fetch_request_token(self, session):
        told = session.fetch_request_token(self.endpoint("request_token"))
        names = ["oauth_callback_confirmed", "oauth_token", "oauth_token_secret"]
        equal("what a request token comes with", sorted(told), names)
        equal("oauth_callback_confirmed", told["oauth_callback_confirmed"], "true")
        return self._token(told)

    def consent_address(self, session):
        return self.library.consent_address(session, self.endpoint("authorize"))

    def decide(self, address, *, user="alice", role="Reporter", project="project-a", decision="authorize"):
        """Reads the consent page, chooses the role by its label, presses a button; gives the page that follows."""
        page = self._open_consent_page(user, address)
        form = page.form_to(urlsplit(address).path)
        words = [role] if project is None else [role, self.forge.project(project)["title"]]
        offered = form.choices("role_id")
        fitting = [choice.value for choice in offered if all(word in choice.label for word in words)]
        equal(f"roles labelled {words} among {[choice.label for choice in offered]}", len(fitting), 1)
        return self.browser_of(user).submit(page, form, role_id=fitting[0], decision=decision)

    def exchange(self, session, **verifier):
        told = session.fetch_access_token(self.endpoint("access_token"), **verifier)
        equal("what an access token comes with", sorted(told), ["oauth_token", "oauth_token_secret"])
        return self._token(told)

    # The dances:

    def dance(self, consumer=None, *, callback=CALLBACK, user="alice", role="Reporter", project="project-a", **how):
        """All three legs, back by a redirect to the callback; gives the access token."""
        session = self.library.session(consumer or self.consumer, callback=callback, **how)
        request_token = self.fetch_request_token(session)
        page = self.decide(self.consent_address(session), user=user, role=role, project=project)
        self._check_callback(page, callback, request_token)
        session.parse_authorization_response(page.location)
        return self.exchange(session)

    def dance_out_of_band(self, **how):
        """The dance of a tool that no redirect can reach: the user carries the verifier over."""
        session = self.session(callback="oob", **how)
        self.fetch_request_token(session)
        return self.exchange(session, verifier=self.carried_verifier(session))

    def carried_verifier(self, session):
        page = self.decide(self.consent_address(session))
        equal(f"the page with the verifier: {page.html}", page.status, 200)
        verifier = page.text_of("oauth_verifier")
        self.forge.remember(verifier)
        return verifier

    def _open_consent_page(self, user, address):
        """Opens the page as `user`, by way of the log-in page where the user is not logged in yet."""
        browser, asked_for = self.browser_of(user), urlsplit(address)
        page = browser.open(address)
        if page.path == "/login":
            leads_to = dict(parse_qsl(urlsplit(page.url).query)).get("next")
            equal("where /login leads", leads_to, f"{asked_for.path}?{asked_for.query}")
            page = browser.log_in(page, user, self.forge.user(user)["password"])
        equal(f"the consent page of {user}, {page.html}", (page.status, page.path), (200, asked_for.path))
        return page

    def _check_callback(self, page, callback, request_token):
        ensure("the decision redirects", page.location is not None, f"{page.status} {page.html}")
        joint = "&" if "?" in callback else "?"
        ensure("the callback, as it was asked for", page.location.startswith(callback + joint), page.location)
        added = dict(parse_qsl(page.location[len(callback) + 1 :]))
        equal("what the callback gained", sorted(added), ["oauth_token", "oauth_verifier"])
        equal("the callback's token", added["oauth_token"], request_token["oauth_token"])
        self.forge.remember(added["oauth_verifier"])

    def _token(self, told):
        token = {name: told[name] for name in ["oauth_token", "oauth_token_secret"]}
        ensure("a token and its secret", all(token.values()), told)
        self.forge.remember(*token.values())
        return token
