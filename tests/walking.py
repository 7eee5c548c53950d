"""A person at a browser without JavaScript, speaking to the WSGI application itself."""

from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

ORIGIN = "http://127.0.0.1:8000"


class Form:
    def __init__(self, action, name=""):
        self.action, self.fields, self.names = action, {}, set()
        self.id = name


class Forms(HTMLParser):
    """Every form of a page, with what its fields hold as the page was sent."""

    def __init__(self, html):
        super().__init__()
        self.forms, self._textarea, self._select = [], None, None
        self._outside = []
        self.feed(html)
        for owner, name in self._outside:
            next(f for f in self.forms if f.id == owner).names.add(name)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append(Form(attrs.get("action") or "", attrs.get("id")))
        if "form" in attrs:
            # A box that stands elsewhere on the page; none comes ticked.
            self._outside.append((attrs["form"], attrs["name"]))
            return
        if not self.forms or ("name" not in attrs and tag != "option"):
            return
        name, fields = attrs.get("name"), self.forms[-1].fields
        self.forms[-1].names.add(name)
        if tag == "textarea":
            self._textarea, fields[name] = name, ""
        elif tag == "select":
            self._select = name
            fields.setdefault(name, "")
        elif tag == "option" and "selected" in attrs:
            fields[self._select] = attrs.get("value", "")
        elif tag == "input":
            kind = attrs.get("type", "text")
            if kind not in ("radio", "checkbox", "submit") or "checked" in attrs:
                fields[name] = attrs.get("value", "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._textarea = None

    def handle_data(self, data):
        if self._textarea:
            fields = self.forms[-1].fields
            # The first line end after the tag is markup, as HTML says.
            fields[self._textarea] += (
                data if fields[self._textarea] else data.lstrip("\n")
            )


class Walker:
    """Holds cookies, follows redirects, and fills in the forms that it was sent."""

    def __init__(self, visit, origin=ORIGIN):
        self._visit, self.cookies = visit, {}
        self.origin = origin
        self.address = self.answer = None

    def go(self, address):
        """Ask for an address, follow where it leads, and return the status."""
        return self._ask(address, "GET", b"")

    @property
    def text(self):
        return self.answer.body.decode()

    def submit(self, **typed):
        """Fill in the form that has all these fields, as it was sent, and send it."""
        form = next(f for f in Forms(self.text).forms if typed.keys() <= f.names)
        body = urlencode({**form.fields, **typed}).encode()
        action, _ = urldefrag(urljoin(self.address, form.action or self.address))
        return self._ask(action, "POST", body)

    def log_in(self, username, password):
        self.go("/admin/login/")
        return self.submit(username=username, password=password)

    def _ask(self, address, method, body):
        for _ in range(5):
            self.answer = self._visit(
                address,
                method,
                body,
                CONTENT_TYPE="application/x-www-form-urlencoded",
                HTTP_COOKIE="; ".join(f"{k}={v}" for k, v in self.cookies.items()),
                HTTP_ORIGIN=self.origin,
            )
            self.address = address
            for header in self.answer.headers.get_all("Set-Cookie") or ():
                for name, morsel in SimpleCookie(header).items():
                    self.cookies[name] = morsel.value
            if self.answer.status not in (301, 302, 303):
                return self.answer.status
            parts = urlsplit(urljoin(address, self.answer.headers["Location"]))
            address = parts.path + (f"?{parts.query}" if parts.query else "")
            method, body = "GET", b""
        raise AssertionError(f"{address} leads round in circles")
