"""A rendered text read back by a parser of its own, and the letters it must show."""

import re
from html.parser import HTMLParser

from conditions.markup import normalise

SIGNS = "<>=≤≥±≈~+−%^/°µ"


class Page(HTMLParser):
    """What an independent reader of HTML finds: its words, tags and attributes."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.words, self.tags, self.cited, self.lists = "", [], False, []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "sup":
            self.cited = True
        elif tag in ("ol", "ul"):
            self.lists.append([tag, 0])
        elif tag == "li":
            self.lists[-1][1] += 1
            self.words += str(self.lists[-1][1]) if self.lists[-1][0] == "ol" else ""

    def handle_endtag(self, tag):
        if tag == "sup":
            self.cited = False
        elif tag in ("ol", "ul"):
            self.lists.pop()

    def handle_data(self, data):
        if not self.cited:
            self.words += data

    def handle_comment(self, data):
        raise AssertionError(f"comment {data}")

    handle_decl = unknown_decl = handle_pi = handle_comment


def significant(text, signs):
    return [c for c in text if c.isalnum() or c in signs]


def as_typed(source, page):
    """Return the source without what the page shows in another way, and the signs."""
    typed = re.sub(r"\\([^\w\s])|\[@[^\]]*\]", r"\1", normalise(source))
    for _, attributes in page.tags:
        typed = typed.replace(f"]({attributes.get('href')})", "]", 1)
    quotes = any(tag == "blockquote" for tag, _ in page.tags)
    signs = SIGNS.replace(">", "") if quotes else SIGNS
    return typed, signs
