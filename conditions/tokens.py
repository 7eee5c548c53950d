"""How a text is taken apart for comparison: lines, words, numbers. No database."""

import re
import unicodedata
from typing import NamedTuple

# A sign or comparator belongs to its number, but the dash of a range to neither.
_SIGN = r"(?:(?<![\w)\]%])[-\u2212+±<>≤≥≈~=]{1,3})?(?:(?<!\w)\.)?"
_RAISED = r"[\u00b2\u00b3\u00b9\u2070-\u2079\u00bc-\u00be\u2150-\u215e]*"
_NUMBER = rf"{_SIGN}\d+(?:[.,]\d+)*{_RAISED}[%‰]?"
_TOKEN = re.compile(
    rf"(\n|{_NUMBER}|[^\W_]+(?:[-'\u2019/][^\W_]+)*|[^\w\s]|_|)([^\S\n]*)"
)
_WORD = re.compile(r"[^\W_]+")

_UNITS = (
    "mg mcg µg μg ug g kg ng l dl ml µl μl mol mmol iu u unit units meq cm mm kcal "
    "second seconds minute minutes min h hour hours day days week weeks month months "
    "year years percent"
)
_NEGATIONS = "no not never none nor neither without cannot non nothing nobody"
_AMOUNTS = (
    "zero one two three four five six seven eight nine ten eleven twelve half once "
    "twice double hundred thousand million billion"
)
_TELLING_WORDS = "|".join(f"{_UNITS} {_NEGATIONS} {_AMOUNTS}".split())
_NOTABLE = re.compile(
    rf"({_SIGN}(?<![^\W_])[^\W_]*\d[^\W_]*(?:[.,]\d+)*[%‰]?"
    r"|[<>≤≥±≈%‰]+"
    r"|(?<![^\W_])[^\W_]+n['\u2019]t(?![^\W_])"
    rf"|(?<![^\W_])(?:{_TELLING_WORDS})(?![^\W_]))",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """A word, whole number, mark or line end, and the blanks after it."""

    key: str
    blank: str


def settled(text: str) -> str:
    """Return the text as it is signed: one form of each letter and of line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def paragraphs(text: str) -> list[str]:
    """Return the parts of a settled text that blank lines set apart."""
    parts = re.split(r"\n(?:[^\S\n]*\n)+", text)
    return [part.strip("\n") for part in parts if part.strip()]


def lines(text: str) -> list[str]:
    """Return the lines of a settled text, each with its end."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def tokens(text: str) -> list[Token]:
    """Return a settled text in pieces; joined again they are the text."""
    return [Token(*match.groups()) for match in _TOKEN.finditer(text) if match[0]]


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of a text, each once, in small letters."""
    return frozenset(_WORD.findall(text.casefold()))


def notable_parts(text: str) -> list[str]:
    """Return the text in parts, of which every second alters a dose or a sense.

    Those are numbers, units, comparators and negations.
    """
    return _NOTABLE.split(text)


def is_notable(text: str) -> bool:
    """Say whether a number, unit, comparator or negation is in the text."""
    return bool(_NOTABLE.search(text))
