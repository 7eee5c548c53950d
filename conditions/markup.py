"""Markdown that cannot change the text: to safe HTML, to plain words, to citations."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import nh3
from markdown_it.token import Token

from conditions.composition import composed
from conditions.grammar import parser
from conditions.plain_words import plain_text, words
from conditions.proofreading import MarkupError, proofread
from conditions.visible import refuse_unseen

__all__ = [
    "MarkupError",
    "blocks",
    "check",
    "check_short",
    "check_visible",
    "citation_counts",
    "citations",
    "headings",
    "normalise",
    "read",
    "render",
    "render_short",
    "to_text",
]

LONGEST = 200_000  # characters; more would hold up the desk and no reader reads it

_PARSER = parser()
_ALIGNED = {"align-left", "align-right", "align-center"}
_TAGS = "p ul ol li em strong blockquote a h2 h3 sup table thead tbody tr th td"
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS.split()),
    attributes={
        "a": {"href", "id", "aria-label"},
        "h2": {"id"},
        "h3": {"id"},
        "th": {"scope"},
    },
    allowed_classes={"sup": {"cite"}, "th": _ALIGNED, "td": _ALIGNED},
    url_schemes={"https"},
    url_relative=lambda url: url if url.startswith("#") else None,
    link_rel=None,
)
# No blank can be read in two ways, or a line of blanks would take a minute.
_DASHES = re.compile(r"(?=[^|]*\|)[ \t]*(?:\|[ \t]*)?:?-[-:| \t]*")
_SHORT = {"paragraph_open", "paragraph_close", "inline", "text"}
_SHORT |= {"em_open", "em_close", "strong_open", "strong_close"}


def render(source: str, numbers: Mapping[str, int]) -> str:
    """Return a body as safe HTML, each citation as the number that its key has.

    Raises MarkupError for a text outside the grammar, a key without a number, or
    HTML in which any letter, digit or sign of the source would be missing.
    """
    return _print(_clean(source), _parse(source), numbers)


def read(
    source: str, numbers: Mapping[str, int]
) -> tuple[str, list[tuple[int, str, str]], dict[str, int]]:
    """Return what `render`, `headings` and `citation_counts` do, in one reading."""
    tokens = _parse(source)
    html = _print(_clean(source), tokens, numbers)
    return html, _headings(tokens), dict(_cited(tokens))


def blocks(source: str, numbers: Mapping[str, int]) -> list[tuple[str, list[str]]]:
    """Return a body block by block: its safe HTML, and the keys that it cites.

    Joined, the HTML is what `render` returns. Raises MarkupError, as `render` does.
    """
    text, tokens = _clean(source), _parse(source)
    _print(text, tokens, numbers)
    env = {"numbers": numbers, "seen": Counter()}
    starts = [n for n, t in enumerate(tokens) if t.level == 0 and t.nesting >= 0]
    parts = [tokens[a:b] for a, b in pairwise([*starts, len(tokens)])]
    return [(_html(part, env), list(_cited(part))) for part in parts]


def render_short(source: str) -> str:
    """Return a short answer as safe HTML: paragraphs with emphasis, nothing else.

    Raises MarkupError, as `render` does, and for any other construct.
    """
    tokens = _parse(source)
    for token in tokens:
        if any(t.type not in _SHORT for t in (token, *(token.children or []))):
            raise MarkupError(
                "the short answer takes paragraphs and emphasis alone; move lists, "
                "tables, headings, quotes, links and citations to the body.",
                (token.map or [0])[0] + 1,
            )
    return _print(_clean(source), tokens, {})


def check(source: str) -> None:
    """Raise MarkupError unless `source` can be shown, as typed, as a body."""
    tokens = _parse(source)
    numbers = {key: number for number, key in enumerate(_cited(tokens), 1)}
    _print(_clean(source), tokens, numbers)


def check_short(source: str) -> None:
    """Raise MarkupError unless `source` can be shown, as typed, as a short answer."""
    render_short(source)


def check_visible(words: str) -> None:
    """Raise MarkupError for a character that no reader sees, in plain words."""
    refuse_unseen(_clean(words))


def citations(source: str) -> list[str]:
    """Return the keys of the sources cited, in order of first use."""
    return list(citation_counts(source))


def citation_counts(source: str) -> dict[str, int]:
    """Return how often each source is cited, keys in order of first use."""
    return dict(_cited(_parse(source)))


def headings(source: str) -> list[tuple[int, str, str]]:
    """Return level (2 or 3), id in the page and words of each heading, in order."""
    return _headings(_parse(source))


def _headings(tokens: Sequence[Token]) -> list[tuple[int, str, str]]:
    return [
        (int(token.tag[1]), str(token.attrs["id"]), words(inline))
        for token, inline in pairwise(tokens)
        if token.type == "heading_open"
    ]


def to_text(source: str) -> str:
    """Return the words as a reader sees them, without citations.

    A blank line parts paragraphs; items open with "- " or their number, rows are
    joined with " | ". Raises MarkupError for a text outside the grammar.
    """
    return plain_text(_parse(source))


def normalise(source: str) -> str:
    """Return `source` in the form that is stored, compared and signed.

    NFC, LF, no blanks at the end of a line, no blank lines around it, no last newline.
    """
    return _clean(source).strip("\n")


def _clean(source: str) -> str:
    """Bring to the stored form, blank lines around it kept: they count as lines."""
    text = composed(source)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _parse(source: str) -> list[Token]:
    if len(source) > LONGEST:
        raise MarkupError(
            f"This text has {len(source):,} characters and may have {LONGEST:,}; "
            "make it shorter."
        )
    text = _clean(source)
    refuse_unseen(text)
    tokens = _PARSER.parse(text, {})
    _refuse_broken_table(text, tokens)
    _name_headings(tokens)
    for token in tokens:
        if token.type in ("th_open", "td_open"):
            _dress_cell(token)
    return tokens


def _refuse_broken_table(text: str, tokens: Sequence[Token]) -> None:
    """Refuse a row of dashes that made no table: its bars would stand in the page."""
    tables = [t.map for t in tokens if t.type == "table_open" and t.map]
    rows = {line for first, end in tables for line in range(first, end)}
    for number, line in enumerate(text.split("\n")):
        if _DASHES.fullmatch(line) and number not in rows:
            raise MarkupError(
                "this row of dashes makes no table; put it under a header row, with "
                "as many cells.",
                number + 1,
            )


def _name_headings(tokens: Sequence[Token]) -> None:
    used: set[str] = set()
    times: Counter[str] = Counter()
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        name = slug = _slug(words(tokens[index + 1]))
        while name in used:
            times[slug] += 1
            name = f"{slug}-{times[slug] + 1}"
        used.add(name)
        token.attrs["id"] = name


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return "h-" + (re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "section")


def _dress_cell(cell: Token) -> None:
    """Say alignment by class, since the page's policy refuses style attributes."""
    if style := cell.attrs.pop("style", None):
        cell.attrs["class"] = str(style).replace("text-align:", "align-")
    if cell.tag == "th":
        cell.attrs["scope"] = "col"


def _print(text: str, tokens: Sequence[Token], numbers: Mapping[str, int]) -> str:
    html = _html(tokens, {"numbers": numbers, "seen": Counter()})
    proofread(text, html, numbers)
    return html


def _html(tokens: Sequence[Token], env: dict[str, Any]) -> str:
    return _CLEANER.clean(_PARSER.renderer.render(tokens, _PARSER.options, env))


def _cited(tokens: Sequence[Token]) -> Counter[str]:
    return Counter(
        key
        for token in tokens
        for part in token.children or []
        if part.type == "citation"
        for key in part.meta["keys"]
    )
