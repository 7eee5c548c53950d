"""Every page that links lead to from where somebody starts, and what is in it."""

from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import parse_qs, urljoin, urlsplit

LEAVES = ("/admin/logout/", "/static/", "/admin/jsi18n/")
# More than the pages of one small site; a crawl that never ends has found new ones.
MOST = 800


class Reader(HTMLParser):
    """The links of a page, the documents in its frames, and what a canary did."""

    def __init__(self, html):
        super().__init__()
        self.links, self.frames, self.canaries = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "canary" in tag or any("canary" in name for name in attrs):
            self.canaries.append(self.get_starttag_text())
        if any(name.startswith("on") for name in attrs):
            self.canaries.append(self.get_starttag_text())
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        if tag == "iframe":
            self.frames.append(attrs.get("srcdoc") or "")
            self.canaries += Reader(self.frames[-1]).canaries


class Found(NamedTuple):
    address: str
    status: int
    html: str  # empty where the answer is no HTML


def crawl(walker, *starts):
    """Follow every link on this site; yield what each address answers."""
    waiting, kinds = list(starts), set()
    while waiting:
        address = waiting.pop()
        if kind(address) in kinds or address.startswith(LEAVES):
            continue
        kinds.add(kind(address))
        assert len(kinds) < MOST
        status = walker.go(address)
        html = "html" in walker.answer.headers["Content-Type"]
        yield Found(address, status, walker.text if html else "")
        if html:
            waiting += links(walker)


def links(walker):
    """The addresses of this site that the page in front of a walker links to."""
    for link in Reader(walker.text).links:
        parts = urlsplit(urljoin(walker.origin + walker.address, link))
        if f"{parts.scheme}://{parts.netloc}" == walker.origin:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def kind(address):
    """One of each list's orders and filters is enough, not each with every other."""
    parts = urlsplit(address)
    return parts.path, frozenset(parse_qs(parts.query, keep_blank_values=True))
