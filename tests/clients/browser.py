"""A browser as far as the service's pages need one: cookies, redirects and forms, and nothing of JavaScript.

It reads forms as a browser does (hidden fields, radio buttons, lists, the button that was pressed) and never
builds a request of its own, so a page that lacks a field or a token fails here as it would fail a user.
It also holds the pages to what a browser would hold them to: the origin it sends, where a form may lead.
"""

import fnmatch
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests

VOID_ELEMENTS = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class PageProblem(Exception):
    """A page is not what a user's browser could work with."""


def origin(url):
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Control:
    """One input, list choice or button: `kind` is its type, `label` the words that a user reads beside it."""

    def __init__(self, attributes, kind):
        self.kind = kind
        self.name = attributes.get("name")
        self.value = attributes.get("value")
        self.id = attributes.get("id")
        self.chosen = "checked" in attributes or "selected" in attributes
        self.enabled = "disabled" not in attributes
        self.words = []

    @property
    def label(self):
        return " ".join("".join(self.words).split())


class Form:
    def __init__(self, attributes, page_url):
        self.action = urljoin(page_url, attributes.get("action") or page_url)
        self.method = (attributes.get("method") or "get").lower()
        self.controls = []

    def choices(self, name):
        """The controls among which a user chooses: radio buttons, list entries or buttons called `name`."""
        kinds = {"radio", "option", "submit", "button"}
        return [c for c in self.controls if c.name == name and c.kind in kinds and c.enabled]

    def fields(self):
        """Names and values as they would go out if nothing was touched, without any button."""
        return {c.name: c.value or "" for c in self.controls if c.name and c.enabled and self._goes_along(c)}

    def _goes_along(self, control):
        if control.kind in {"radio", "checkbox", "option"}:
            return control.chosen
        return control.kind not in {"submit", "button", "image", "reset", "file"}

    def filled_in(self, values):
        """The fields with the user's `values`; a value that the page does not offer is the page's fault."""
        for name, value in values.items():
            here = [c for c in self.controls if c.name == name]
            if not here:
                raise PageProblem(f"the form for {self.action} has no field {name!r}")
            offered = self.choices(name)
            if offered and value not in [c.value for c in offered]:
                raise PageProblem(f"the form for {self.action} does not offer {value!r} as {name!r}")
        return {**self.fields(), **values}


class PageReader(HTMLParser):
    """Collects the forms of a page with their labels, the text of elements with an id, and inline scripts."""

    def __init__(self, page_url):
        super().__init__(convert_charrefs=True)
        self.page_url = page_url
        self.forms = []
        self.texts = {}
        self.inline_scripts = []
        self._open = []  # (tag, id) of the elements around the current place
        self._form = None
        self._list_name = None  # the name of the <select> around the current <option>
        self._listening = []  # controls that the current text labels, each with the tag that ends it
        self._labels_for = []  # (id, words) of <label for=…>

    def handle_starttag(self, tag, attrs):
        attributes = {name: value if value is not None else "" for name, value in attrs}
        self._note_scripts(tag, attributes)
        if tag not in VOID_ELEMENTS:
            self._open.append((tag, attributes.get("id")))
        if "id" in attributes:
            self.texts.setdefault(attributes["id"], [])
        if tag == "form":
            self._form = Form(attributes, self.page_url)
            self.forms.append(self._form)
        elif tag == "select":
            self._list_name = attributes.get("name")
        elif tag == "label":
            words = []
            self._labels_for.append((attributes.get("for"), words))
            self._listening.append(("label", words))
        elif self._form is not None:
            self._add_control(tag, attributes)

    def _note_scripts(self, tag, attributes):
        if tag == "script" and "src" not in attributes:
            self.inline_scripts.append("<script>")
        self.inline_scripts += [name for name in attributes if name.startswith("on")]
        self.inline_scripts += [v for v in attributes.values() if v.strip().lower().startswith("javascript:")]

    def _add_control(self, tag, attributes):
        if tag == "input":
            control = Control(attributes, attributes.get("type", "text").lower())
            if control.kind in {"radio", "checkbox"} and control.value is None:
                control.value = "on"
            for kind, words in self._listening:
                if kind == "label":  # <label><input> words</label>
                    control.words = words
        elif tag == "button":
            control = Control(attributes, attributes.get("type", "submit").lower())
            self._listening.append(("button", control.words))
        elif tag == "option":
            control = Control({**attributes, "name": self._list_name}, "option")
            self._listening.append(("option", control.words))
        else:
            return
        self._form.controls.append(control)

    def handle_endtag(self, tag):
        if tag in [name for name, _ in self._open]:
            while self._open.pop()[0] != tag:
                pass
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._list_name = None
        self._listening = [entry for entry in self._listening if entry[0] != tag]

    def handle_data(self, data):
        for _, element_id in self._open:
            if element_id is not None:
                self.texts[element_id].append(data)
        for _, words in self._listening:
            words.append(data)

    def close(self):
        super().close()
        labels = {target: words for target, words in self._labels_for if target}
        for control in (c for form in self.forms for c in form.controls):
            if control.id in labels:
                control.words = labels[control.id]
            if control.kind == "option" and control.value is None:
                control.value = control.label


class Page:
    """An answer as the user sees it; `location` is where it sends the user outside the service, or None."""

    def __init__(self, answer):
        self.url = answer.url
        self.status = answer.status_code
        self.headers = answer.headers
        self.html = answer.text
        self.location = None
        if answer.is_redirect:
            self.location = urljoin(answer.url, answer.headers["Location"])
        reader = PageReader(answer.url)
        reader.feed(self.html)
        reader.close()
        self.forms = reader.forms
        self.inline_scripts = reader.inline_scripts
        self._texts = reader.texts

    @property
    def path(self):
        return urlsplit(self.url).path

    def text_of(self, element_id):
        if element_id not in self._texts:
            raise PageProblem(f"{self.url} has no element with the id {element_id!r}:\n{self.html}")
        return "".join(self._texts[element_id]).strip()

    def form_to(self, path):
        """The one form that posts to `path`."""
        found = [f for f in self.forms if urlsplit(f.action).path == path and f.method == "post"]
        if len(found) != 1:
            raise PageProblem(f"{self.url} ({self.status}) has {len(found)} forms for {path}, not one:\n{self.html}")
        return found[0]

    def sends_referrer(self):
        return self.headers.get("Referrer-Policy", "").strip().lower() != "no-referrer"

    def lets_forms_lead_to(self, target):
        """Whether the page's policy lets a form end up at `target`, redirects included, as browsers read it."""
        for directive in self.headers.get("Content-Security-Policy", "").split(";"):
            name, *sources = directive.split() or [""]
            if name.lower() == "form-action":
                return any(self._source_allows(source, target) for source in sources)
        return True

    def _source_allows(self, source, target):
        if source == "'self'":
            return origin(target) == origin(self.url)
        if source.endswith(":"):
            return urlsplit(target).scheme + ":" == source
        return fnmatch.fnmatch(origin(target), origin(source) if "://" in source else source)


class Browser:
    """One user's browser window on the service at `base`."""

    def __init__(self, base):
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False  # a proxy of the environment has no business on loopback
        self.session.headers["Accept"] = "text/html,application/xhtml+xml"

    def open(self, url):
        """Follows a link or a typed address, redirects within the service included."""
        return self._go("GET", urljoin(self.base, url), {}, None)

    def submit(self, page, form, **values):
        """Fills in `values`, sends the form and follows redirects within the service."""
        headers = {"Origin": origin(page.url) if page.sends_referrer() else "null"}
        if page.sends_referrer():
            headers["Referer"] = page.url
        result = self._go(form.method.upper(), form.action, headers, form.filled_in(values))
        if result.location and not page.lets_forms_lead_to(result.location):
            raise PageProblem(
                f"the form-action of {page.url} keeps a browser from following its form to {result.location}"
            )
        return result

    def _go(self, method, url, headers, data):
        for _ in range(6):
            in_query, in_body = (data, None) if method == "GET" else (None, data)
            answer = self.session.request(
                method, url, params=in_query, data=in_body, headers=headers, allow_redirects=False
            )
            page = Page(answer)
            if page.location is None or origin(page.location) != origin(self.base):
                self._hold_to_the_rules(page)
                return page
            if answer.status_code not in {302, 303}:
                raise PageProblem(f"{url} redirects with {answer.status_code}, which repeats a form")
            method, url, headers, data = "GET", page.location, {}, None
        raise PageProblem(f"{url} redirects without end")

    def _hold_to_the_rules(self, page):
        if page.location is not None or "text/html" not in page.headers.get("Content-Type", ""):
            return
        if "frame-ancestors 'none'" not in page.headers.get("Content-Security-Policy", ""):
            raise PageProblem(f"{page.url} may be framed: {page.headers}")
        if page.headers.get("X-Content-Type-Options") != "nosniff" or "Referrer-Policy" not in page.headers:
            raise PageProblem(f"{page.url} lacks nosniff or a referrer policy: {page.headers}")
        if page.inline_scripts:
            raise PageProblem(f"{page.url} has inline scripts: {page.inline_scripts}")

    def log_in(self, page, user, password):
        """Logs in on the log-in page that `open` ended on; the result is the page that was asked for first."""
        return self.submit(page, page.form_to("/login"), username=user, password=password)
