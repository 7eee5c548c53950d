"""An oracle that knows none of our renderers: what a parser of HTML finds in a page."""

import json
from html.parser import HTMLParser
from urllib.parse import urlsplit

# What the Markdown of a body may become, beside what the template itself holds.
TEXT = "p ul ol li table thead tbody tr em strong blockquote br del ins"
BARE = TEXT.split()
MARKUP = {
    **{tag: set() for tag in BARE},
    **{"h2": {"id"}, "h3": {"id"}, "th": {"scope", "class"}, "td": {"class"}},
    "a": {"href", "id", "aria-label"},
    "sup": {"class"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "nav": {"class", "aria-label", "aria-labelledby"},
    **{"b": {"class"}, "span": {"class"}},
}
DATA = {"type": "application/ld+json"}


class Judge(HTMLParser):
    """Collects what is dangerous in a page; `known` is what its template holds."""

    def __init__(self, html, known):
        super().__init__(convert_charrefs=True)
        self.known, self.found, self.words = known, [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        names, given = {name for name, _ in attrs}, dict(attrs)
        allowed = self.known.get(tag, set()) | MARKUP.get(tag, set())
        if tag not in self.known and tag not in MARKUP:
            self.found.append(f"unknown tag <{tag}>")
        elif names - allowed:
            self.found.append(f"unknown attribute {names - allowed} of <{tag}>")
        if any(name.startswith("on") or name == "style" for name in names):
            self.found.append(f"a handler or style on <{tag}>")
        if tag == "script" and given != DATA:
            self.found.append("a script")
        for name in ("href", "src", "action"):
            if name in given and not is_safe(given[name] or ""):
                self.found.append(f"{name}={given[name]}")
        if "srcdoc" in given:
            inner = Judge(given["srcdoc"], self.known)
            self.found += inner.found
            self.words += inner.words

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.found.append(f"a comment {data[:20]}")

    handle_pi = unknown_decl = handle_comment

    def handle_decl(self, decl):
        if decl.lower() != "doctype html":
            self.found.append(f"a declaration {decl[:20]}")


class Inventory(HTMLParser):
    """The tags of a page made of harmless words, each with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.setdefault(tag, set()).update(name for name, _ in attrs)


def is_safe(address):
    """Say whether an address is one on https, or on this site."""
    if any(sign <= " " for sign in address) or address.startswith(("//", "/\\")):
        return False
    scheme = urlsplit(address).scheme
    if not scheme:
        return address == "" or address[0] in "/#"
    return address.startswith(("https://", "http://127.0.0.1:8000/"))


def judge(html, known, canary):
    """Return what is wrong with a page that must show a word of the input as words."""
    judged = Judge(html, known)
    if canary and canary not in "".join(judged.words):
        return [*judged.found, "the words of the input are missing"]
    return judged.found


def judge_json(text, said):
    """Return what is wrong with JSON that must hold these very words."""
    return [] if said in _strings(json.loads(text)) else ["the words are altered"]


def _strings(value):
    match value:
        case str():
            yield value
        case list() | dict():
            for one in value.values() if isinstance(value, dict) else value:
                yield from _strings(one)
