"""A parsed text run by run: its words, and where in the source each letter stands.

Reads only. Whoever points at a place of a text asks here; no database.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

_CITATIONS = re.compile(r"(?:\[@[^\]]*\])+")
_ADDRESS = re.compile(r"\]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)")


@dataclass(frozen=True)
class Run:
    """One heading, paragraph, list item, quote or cell, as a reader reads it.

    `places[i]` is where in the source the letter `i` of `text` stands, and its last one
    where the run ends. `cited` and `links` tell where in `text` the keys and the words
    of a link stand; a citation stands behind the letter before its place.
    """

    kind: str  # paragraph, heading, item, quote, header or cell
    level: int  # 2 or 3 of a heading, the depth of an item; else 0
    block: int  # the number of the block at the top level that holds it, from 0
    text: str
    places: tuple[int, ...]
    cited: tuple[tuple[int, str], ...]
    links: tuple[tuple[int, int, str], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the source the letters from `start` up to `end` stand."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1


def runs(source: str, tokens: Sequence[Token]) -> Iterator[Run]:
    """Yield the runs of a parsed text in order; `source` is what was parsed."""
    starts, at = [], 0
    for line in source.split("\n"):
        starts.append(at)
        at += len(line) + 1
    depth, block, reached = 0, -1, 0
    for before, token in zip((None, *tokens), tokens, strict=False):
        block += token.level == 0 and token.nesting >= 0 and token.type != "inline"
        depth += token.nesting if token.tag in ("ul", "ol") else 0
        if token.type != "inline" or before is None or token.map is None:
            continue
        kind, level = _kind(before, token, depth)
        reached = max(reached, starts[token.map[0]])
        places, reached = _aligned(source, reached, token.content)
        yield _Reader(places).run(kind, level, block, token)


def _kind(before: Token, inline: Token, depth: int) -> tuple[str, int]:
    if before.tag in ("h2", "h3"):
        return "heading", int(before.tag[1])
    if before.tag in ("th", "td"):
        return ("header" if before.tag == "th" else "cell"), 0
    if depth:
        return "item", depth
    return ("quote" if inline.level > 1 else "paragraph"), 0


def _aligned(source: str, at: int, content: str) -> tuple[list[int], int]:
    """Return where each letter of a run's markup stands; what lies between is marks."""
    places = []
    for letter in content:
        at = source.index(letter, at)
        places.append(at)
        at += 1
    return [*places, at], at


@dataclass
class _Reader:
    """Reads one run's markup from its start to its end."""

    raw: list[int]
    at: int = 0
    text: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    cited: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    opened: list[tuple[int, str]] = field(default_factory=list)

    def run(self, kind: str, level: int, block: int, inline: Token) -> Run:
        for part in inline.children or []:
            self._take(part, inline.content)
        end = self.places[-1] + 1 if self.places else self.raw[0]
        return Run(
            kind,
            level,
            block,
            "".join(self.text),
            (*self.places, end),
            tuple(self.cited),
            tuple(self.links),
        )

    def _take(self, part: Token, markup: str) -> None:
        if part.type == "citation":
            self._cite(part, markup)
        elif part.type == "link_open":
            self.opened.append((len(self.text), str(part.attrs["href"])))
            self.at += 1
        elif part.type == "link_close":
            start, address = self.opened.pop()
            self.links.append((start, len(self.text), address))
            self.at += (
                len(found[0]) if (found := _ADDRESS.match(markup, self.at)) else 0
            )
        elif part.nesting:
            self.at += len(part.markup)
        else:
            self._read(part.content, markup)

    def _cite(self, part: Token, markup: str) -> None:
        if self.text and self.text[-1] == " ":
            self.text.pop()
            self.places.pop()
        self.cited += [(len(self.text), key) for key in part.meta["keys"]]
        self._skip(_CITATIONS, markup)

    def _skip(self, marks: re.Pattern[str], markup: str) -> None:
        if found := marks.match(markup, self.at):
            self.at = found.end()

    def _read(self, words: str, markup: str) -> None:
        for letter in words:
            if (markup[self.at] == "\\" and letter != "\\") or markup.startswith(
                "\\\\", self.at
            ):
                self.at += 1
            self.text.append(" " if letter in "\n\u00a0" else letter)
            self.places.append(self.raw[self.at])
            self.at += 1
