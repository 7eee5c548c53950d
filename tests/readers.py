"""A reader: every public address of one page, and a page as a parser sees it."""

from html.parser import HTMLParser

HUB = "/conditions/progressive-osseous-heteroplasia/"
PAGE = f"{HUB}research/"
BELOW = ("", "editions/", "editions/1/", "editions/2/", "review.json", "index.md")
BELOW += ("editions/1/proof.json", "editions/2/proof.json")
BELOW += ("editions/1/changes/", "editions/2/changes/")
OF_PAGE = [PAGE + below for below in BELOW]
LISTS = ["/", "/conditions/", "/corrections/", "/about/review-process/"]
LISTS += ["/feeds/updates.atom", "/feeds/corrections.atom"]
LISTS += ["/sitemap.xml", "/sitemap-lists.xml"]
PARTS = [f"/conditions/sitemap-{kind}-1.xml" for kind in ("pages", "hubs")]
FEED = "/feeds/progressive-osseous-heteroplasia.atom"
# They tell of withdrawals, by the address: who follows a page is to learn of it.
TELL_OF_WITHDRAWALS = ("/feeds/updates.atom", FEED)
EVERYWHERE = [*LISTS, *PARTS, HUB, FEED, "/reviewers/ines/", *OF_PAGE]
VOID = {"meta", "link", "br", "path", "circle", "img", "input"}


def statuses(visit, addresses):
    return [visit(address).status for address in addresses]


def leaks(visit, *words):
    """Every public address that says one of the words, in its body or a header."""
    return [
        (address, word)
        for address in EVERYWHERE
        for answer in [visit(address)]
        for word in words
        if word in answer.body.decode() + str(answer.headers)
    ]


class Node:
    def __init__(self, tag, attrs=()):
        self.tag, self.attrs, self.children = tag, dict(attrs), []

    @property
    def text(self):
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    @property
    def words(self):
        return " ".join(self.text.split())

    def has(self, name, value):
        said = self.attrs.get(name) or ""
        return value == said or value in said.split()

    def walk(self):
        """The nodes below, in the order in which they are read."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def all(self, tag="", **attrs):
        """The nodes with a tag and attributes; `class_` is one of the classes."""
        wanted = {name.rstrip("_").replace("_", "-"): v for name, v in attrs.items()}
        return [
            node
            for node in self.walk()
            if tag in ("", node.tag)
            and all(node.has(name, value) for name, value in wanted.items())
        ]

    def one(self, tag="", **attrs):
        (node,) = self.all(tag, **attrs)
        return node


class Parser(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Node("document")]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Node(tag, attrs))

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parse(answer):
    """Return an HTML answer as a tree; one that is not well formed fails."""
    parser = Parser()
    parser.feed(answer.body.decode())
    (document,) = parser.open
    return document
