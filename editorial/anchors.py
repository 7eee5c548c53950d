"""Where a quoted passage stands in a text: taken with its surroundings, found again.

Surroundings and no offset, as in the TextQuoteSelector of W3C Web Annotation: an edit
anywhere else moves nothing. Reads words; no database.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from conditions import markup
from editorial.quotes import SURROUNDINGS, Flat, Passage, likeness, places_of

# Of two like passages the one is meant whose surroundings are the same to this part.
_TOLD_APART = 0.5
# A quote of so many letters is known again by itself.
_LONG = 24
# Of its words so many must stand in one place, for words that were changed to be its.
_NEARLY = 0.6
# What a search of changed words looks at: rare words, places of each, windows.
_RAREST, _MOST_PLACES, _WINDOWS = 12, 40, 3
# Pairs of words that one text compares, for all of its lost quotes: about a third of a
# second. A quote that comes after that is told as one that was changed since.
_EFFORT = 600_000
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Place:
    """Where a passage stands now; `changed` where some of its words are others now."""

    start: int
    end: int
    changed: bool = False


class Ambiguous(Exception):
    """The words stand in more than one place, and nothing tells which one is meant."""


def taken(texts: Mapping[str, "Text"], quoted: Passage) -> tuple[str, Passage] | None:
    """Return in which text, and as what passage of its source, quoted words stand.

    None where they stand in no text; raises Ambiguous where it cannot be told which
    of several places is meant.
    """
    found = sorted(
        (
            (*place, name)
            for name, text in texts.items()
            for place in text.quoted(quoted)
        ),
        reverse=True,
    )
    if not found:
        return None
    if len(found) > 1 and found[0][0] == found[1][0]:
        raise Ambiguous
    _, start, end, name = found[0]
    return name, texts[name].passage(start, end)


class Text:
    """A text in its source, in which many passages are looked for."""

    def __init__(self, source: str) -> None:
        self.source, self._effort = source, _EFFORT

    def quoted(self, passage: Passage) -> list[tuple[int, int, int]]:
        """Return where words stand that somebody quoted, from the source or the page.

        White space does not count, nor does the markup in words quoted from the page.
        Each as how much of the surroundings is the same, its start and its end.
        """
        return self._typed.all(passage) or self._read.all(passage)

    def passage(self, start: int, end: int) -> Passage:
        """Return the words of a place with those around them."""
        before = self.source[max(0, start - SURROUNDINGS) : start]
        after = self.source[end : end + SURROUNDINGS]
        return Passage(self.source[start:end], before, after)

    def find(self, passage: Passage) -> Place | None:
        """Return where a passage stands now, at its best place if there are several."""
        scored = self._scored(passage)
        if not scored:
            return self._nearly(passage)
        if self._is_elsewhere(passage, scored):
            return None
        start = max(scored, key=lambda one: one[0])[1]
        return Place(start, start + len(passage.quote))

    def only(self, passage: Passage) -> Place | None:
        """Return the one place of the very words, or None; raises Ambiguous."""
        scored = sorted(self._scored(passage), reverse=True)
        if not scored or self._is_elsewhere(passage, scored):
            return None
        around = len(passage.prefix) + len(passage.suffix)
        if len(scored) > 1 and (
            scored[0][0] == scored[1][0] or scored[0][0] < _TOLD_APART * around
        ):
            raise Ambiguous
        start = scored[0][1]
        return Place(start, start + len(passage.quote))

    def _scored(self, passage: Passage) -> list[tuple[int, int]]:
        found = []
        for start in places_of(self.source, passage.quote):
            here = self.passage(start, start + len(passage.quote))
            found.append((likeness(here.prefix, here.suffix, passage), start))
        return found

    def _is_elsewhere(self, passage: Passage, scored: list[tuple[int, int]]) -> bool:
        """Say whether a short quote stands in other surroundings alone."""
        around = passage.prefix + passage.suffix
        short = len(passage.quote) < _LONG
        return bool(short and around.strip()) and max(scored)[0] == 0

    @cached_property
    def _typed(self) -> "Flat":
        return Flat(enumerate(self.source))

    @cached_property
    def _read(self) -> "Flat":
        """The words as readers read them, each letter with its place in the source."""
        letters: list[tuple[int, str]] = []
        try:
            runs = markup.outline(self.source)
        except markup.MarkupError:
            runs = []
        for run in runs:
            letters += zip(run.places, run.text, strict=False)
            letters.append((run.places[-1], " "))
        return Flat(letters)

    @cached_property
    def _words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.source))

    @cached_property
    def _folded(self) -> list[str]:
        return [word[0].casefold() for word in self._words]

    @cached_property
    def _where(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self._folded):
            found.setdefault(word, []).append(place)
        return found

    def _nearly(self, passage: Passage) -> Place | None:
        """Return where most of the passage's words stand, in their order.

        Its rarest words vote for where it begins; the few best places are compared.
        """
        words = [word.casefold() for word in _WORD.findall(passage.quote)]
        alike, first, last = 0.0, 0, 0
        for start in self._likely(words):
            found = self._compared(words, start)
            if found[0] > alike:
                alike, first, last = found
        if alike < _NEARLY:
            return None
        return Place(self._words[first].start(), self._words[last].end(), alike < 1)

    def _compared(self, words: list[str], start: int) -> tuple[float, int, int]:
        """Return how much of the words stands by a place, and from where to where."""
        first = max(0, start - 2)
        window = self._folded[first : start + len(words) + 3]
        self._effort -= len(words) * len(window)
        if self._effort < 0:
            return 0.0, 0, 0
        match = SequenceMatcher(None, words, window, autojunk=False)
        blocks = [block for block in match.get_matching_blocks() if block.size]
        if not blocks:
            return 0.0, 0, 0
        same = sum(block.size for block in blocks)
        last = blocks[-1].b + blocks[-1].size - 1
        return same / len(words), first + blocks[0].b, first + last

    def _likely(self, words: list[str]) -> list[int]:
        votes: Counter[int] = Counter()
        there = [(n, self._where[w]) for n, w in enumerate(words) if w in self._where]
        for n, places in sorted(there, key=lambda one: len(one[1]))[:_RAREST]:
            votes.update(place - n for place in places[:_MOST_PLACES])
        return [max(0, start) for start, _ in votes.most_common(_WINDOWS)]
