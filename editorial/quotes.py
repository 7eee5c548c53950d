"""Words that somebody quoted: where they stand in others, and how alike the places are.

Plain words only: what they are words of is for `anchors` to know. No database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

SURROUNDINGS = 64  # characters that are kept on each side of a quote


@dataclass(frozen=True)
class Passage:
    """Words of a text's source, with those just before and just after them."""

    quote: str
    prefix: str = ""
    suffix: str = ""


class Flat:
    """Letters with their places, each stretch of white space one blank."""

    def __init__(self, letters: Iterable[tuple[int, str]]) -> None:
        words: list[str] = []
        self.places: list[int] = []
        for place, letter in letters:
            letter = " " if letter.isspace() else letter
            if letter == " " and words[-1:] in ([" "], []):
                continue
            words.append(letter)
            self.places.append(place)
        self.words = "".join(words)

    def all(self, passage: Passage) -> list[tuple[int, int, int]]:
        """Return likeness, start and end in the source of each place of the words."""
        quote = " ".join(passage.quote.split())
        meant = Passage(quote, _close(passage.prefix), _close(passage.suffix))
        return [
            (
                self._alike(start, meant),
                self.places[start],
                self.places[start + len(quote) - 1] + 1,
            )
            for start in places_of(self.words, quote)
        ]

    def _alike(self, start: int, meant: Passage) -> int:
        """Compare surroundings without their blanks, which are lost on the way."""
        near, end = 2 * SURROUNDINGS, start + len(meant.quote)
        before = _close(self.words[max(0, start - near) : start])
        return likeness(before, _close(self.words[end : end + near]), meant)


def _close(words: str) -> str:
    return "".join(words.split())


def places_of(words: str, quote: str) -> list[int]:
    found, at = [], words.find(quote)
    while quote and at >= 0:
        found.append(at)
        at = words.find(quote, at + 1)
    return found


def likeness(before: str, after: str, passage: Passage) -> int:
    """Return how many letters around a place are those around the passage."""
    left = zip(reversed(passage.prefix), reversed(before), strict=False)
    return _same(left) + _same(zip(passage.suffix, after, strict=False))


def _same(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
