"""A text as the checks read it: its runs and sentences, what it cites, and the day.

Knows no database and no file: whoever asks for findings gathers one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter

from conditions import markup
from conditions.outline import Run
from editorial import sentences
from editorial.checks.finding import Place

_BLANKS = re.compile(r"\s*")
_at = itemgetter(0)
_WORD = re.compile(r"\w[\w'’.,/%-]*")


@dataclass(frozen=True)
class Subject:
    """What a text is about: the condition's names, and its genes."""

    name: str
    abbreviation: str = ""
    synonyms: tuple[str, ...] = ()
    genes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that a reader may know it by."""
        return tuple(filter(None, (self.name, self.abbreviation, *self.synonyms)))


@dataclass(frozen=True)
class Known:
    """A source that the text cites or lists, as far as a check looks at it."""

    key: str
    title: str = ""
    year: int | None = None
    url: str = ""
    retracted_on: date | None = None
    accessed_on: date | None = None
    # By scheme, as they were written; a key such as pmid:… is one besides.
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A sentence of one run, or a heading, an item or a cell without a full stop."""

    field: str
    run: Run
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.run.text[self.start : self.end]

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The keys cited in it, or right behind its full stop."""
        behind = _BLANKS.match(self.run.text, self.end)
        reaches = behind.end() if behind else self.end
        cited = self.run.cited
        first = bisect_right(cited, self.start, key=_at)
        return tuple(
            key for _, key in cited[first : bisect_right(cited, reaches, key=_at)]
        )

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Return where letters of it stand; `start` and `end` count from its first."""
        last = self.end if end is None else self.start + end
        return Place(self.field, *self.run.span(self.start + start, last))

    def found(self, match: re.Match[str]) -> Place:
        """Return where a match in its `words` stands."""
        return self.place(*match.span())

    def count(self) -> int:
        """Return its number of words."""
        return len(_WORD.findall(self.words))


@dataclass(frozen=True, kw_only=True)
class Text:
    """One short answer and body, with all that a check may ask of them.

    `sources` holds what is known of each cited or listed source; a cited key without
    one is `unresolved`. Raises MarkupError when a field is outside the grammar.
    """

    question: str
    subject: Subject
    short_answer: str
    body: str
    today: date
    sources: tuple[Known, ...] = ()
    fewest_sources: int = 1
    is_research: bool = False
    evidence_searched_on: date | None = None
    next_review_due: date | None = None

    @cached_property
    def short_runs(self) -> list[Run]:
        return markup.outline(self.short_answer)

    @cached_property
    def runs(self) -> list[Run]:
        return markup.outline(self.body)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """All sentences, in reading order: the short answer's, then the body's."""
        return [*self.short_sentences, *self.body_sentences]

    @cached_property
    def short_sentences(self) -> list[Sentence]:
        return list(_parted("short_answer", self.short_runs))

    @cached_property
    def body_sentences(self) -> list[Sentence]:
        return list(_parted("body", self.runs))

    @cached_property
    def prose(self) -> list[Sentence]:
        """The sentences that state something: no heading and no table's header."""
        return [s for s in self.sentences if s.run.kind not in ("heading", "header")]

    @cached_property
    def cited(self) -> dict[str, int]:
        """How often each key is cited, in order of first use."""
        counts: dict[str, int] = {}
        for run in self.runs:
            for _, key in run.cited:
                counts[key] = counts.get(key, 0) + 1
        return counts

    @property
    def unresolved(self) -> list[str]:
        """The keys cited of which no source is known."""
        known = {source.key for source in self.sources}
        return [key for key in self.cited if key not in known]

    def words_at(self, place: Place) -> str:
        """Return the letters of a place; "" for one that concerns the whole text."""
        source = {"short_answer": self.short_answer, "body": self.body}.get(place.field)
        return source[place.start : place.end] if source else ""

    def passage_at(self, place: Place) -> str:
        """Return the sentences that a place stands in, else its whole field."""
        if place.end:
            near = (s for s in self.sentences if s.field == place.field)
            return " ".join(s.words for s in near if _overlap(s.place(), place))
        fields = {"short_answer": self.short_answer, "body": self.body}
        return fields.get(place.field, f"{self.short_answer}\n\n{self.body}")


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _parted(field: str, runs: list[Run]) -> Iterator[Sentence]:
    for run in runs:
        for start, end in sentences.spans(run.text):
            yield Sentence(field, run, start, end)
