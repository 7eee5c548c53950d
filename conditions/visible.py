"""Refuses what no reader sees: characters without a shape, marks heaped on a letter."""

import unicodedata

from conditions.composition import HIGHEST, heap
from conditions.proofreading import MarkupError

# Zero-width joiners are kept: Persian and Indic scripts are spelt with them.
_KEPT = {"\n", "\t", "\u200c", "\u200d"}
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def refuse_unseen(text: str) -> None:
    """Raise MarkupError for a character that no reader sees, or no page can show.

    A direction mark can turn a dose round; a private one is a Word symbol lost.
    """
    if places := [text.index(character) for character in _unseen(text)]:
        place = min(places)
        before = _before(text, place)
        raise MarkupError(
            f"the character U+{ord(text[place]):04X} after “{before}” cannot be seen "
            "on a page; type these words again.",
            _line(text, place),
        )
    if (place := heap(text)) >= 0:
        raise MarkupError(
            f"more than {HIGHEST} marks stand on one letter after "
            f"“{_before(text, place)}”; type these words again.",
            _line(text, place),
        )


def _unseen(text: str) -> set[str]:
    return {c for c in set(text) - _KEPT if unicodedata.category(c) in _HIDDEN}


def _before(text: str, place: int) -> str:
    return text[:place].split("\n")[-1][-30:]


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
