"""Markdown that cannot change the text: to safe HTML, to plain words, to citations."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import nh3
from markdown_it.token import Token

from conditions.composition import composed, line_feeds
from conditions.dressing import dress
from conditions.grammar import parser
from conditions.outline import Run, runs
from conditions.plain_words import plain_text, words
from conditions.proofreading import MarkupError, proofread
from conditions.visible import refuse_unseen

__all__ = [
    "MarkupError",
    "block_words",
    "blocks",
    "check",
    "check_short",
    "check_visible",
    "citation_counts",
    "citations",
    "headings",
    "normalise",
    "outline",
    "read",
    "render",
    "render_short",
    "to_text",
]

LONGEST = 200_000  # characters; more would hold up the desk and no reader reads it
LONG = 5_000  # characters: of what is longer, less is kept

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
    return _print(source, numbers)


def read(
    source: str, numbers: Mapping[str, int]
) -> tuple[str, list[tuple[int, str, str]], dict[str, int]]:
    """Return what `render`, `headings` and `citation_counts` do, in one reading."""
    tokens = _parse(source)
    html = _print(source, numbers)
    return html, _headings(tokens), dict(_cited(tokens))


def blocks(source: str, numbers: Mapping[str, int]) -> list[tuple[str, list[str]]]:
    """Return a body block by block: its safe HTML, and the keys that it cites.

    Joined, the HTML is what `render` returns. Raises MarkupError, as `render` does.
    """
    tokens = _parse(source)
    _print(source, numbers)
    env = {"numbers": numbers, "seen": Counter()}
    starts = [n for n, t in enumerate(tokens) if t.level == 0 and t.nesting >= 0]
    parts = [tokens[a:b] for a, b in pairwise([*starts, len(tokens)])]
    return [(_html(part, env), list(_cited(part))) for part in parts]


def block_words(source: str) -> list[str]:
    """Return a body's blocks, parted as by `blocks`, in their own words."""
    lines, tokens = _clean(source).split("\n"), _parse(source)
    firsts = [t.map[0] for t in tokens if t.map and t.level == 0 and t.nesting >= 0]
    return ["\n".join(lines[a:b]).strip() for a, b in pairwise([*firsts, len(lines)])]


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
    return _print(source, {})


def check(source: str) -> None:
    """Raise MarkupError unless `source` can be shown, as typed, as a body."""
    _print(source, {key: n for n, key in enumerate(_cited(_parse(source)), 1)})


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


def outline(source: str) -> list[Run]:
    """Return the runs of a text in its stored form, each letter with its place."""
    return list(runs(_clean(source), _parse(source)))


def to_text(source: str, labels: Mapping[str, str] | None = None) -> str:
    """Return the words as a reader sees them, without citations.

    A blank line parts paragraphs; items open with "- " or their number, rows are
    joined with " | ". With `labels` by keys, citations and the addresses of links are
    in it too. Raises MarkupError for a text outside the grammar.
    """
    return plain_text(_parse(source), labels)


def normalise(source: str) -> str:
    """Return `source` in the form that is stored, compared and signed.

    NFC, LF, no blanks at the end of a line, no blank lines around it, no last newline.
    """
    return _clean(source).strip("\n")


def _clean(source: str) -> str:
    """Bring to the stored form, blank lines around it kept: they count as lines."""
    text = line_feeds(composed(source))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _parse(source: str) -> tuple[Token, ...]:
    if len(source) > LONGEST:
        raise MarkupError(
            f"This text has {len(source):,} characters and may have {LONGEST:,}; "
            "make it shorter."
        )
    return (_tokens_kept if len(source) < LONG else _long_tokens_kept)(source)


def _tokens(source: str) -> tuple[Token, ...]:
    text = _clean(source)
    refuse_unseen(text)
    tokens = _PARSER.parse(text, {})
    _refuse_broken_table(text, tokens)
    dress(tokens)
    return tuple(tokens)


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


def _print(source: str, numbers: Mapping[str, int]) -> str:
    said = tuple(numbers.items())
    return (_shown_kept if len(source) < LONG else _long_shown_kept)(source, said)


def _shown(source: str, numbers: tuple[tuple[str, int], ...]) -> str:
    known = dict(numbers)
    html = _html(_parse(source), {"numbers": known, "seen": Counter()})
    proofread(_clean(source), html, known)
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


# One save or review asks for the same texts again and again: the last ones are kept,
# but two long ones, since what is kept of the worst takes 30 MB.
_tokens_kept, _long_tokens_kept = (lru_cache(maxsize=n)(_tokens) for n in (16, 2))
_shown_kept, _long_shown_kept = (lru_cache(maxsize=n)(_shown) for n in (16, 2))
