"""How checks compare words: folded, whole, in any case."""

import re
from functools import cache

_LETTERS = re.compile(r"[^\W_]+")


def folded(words: str) -> str:
    """Return words in small letters, with one blank between and no marks."""
    return " ".join(_LETTERS.findall(words.casefold()))


def names_it(words: str, names: tuple[str, ...]) -> bool:
    """Say whether one of the names stands in the words."""
    inside = f" {folded(words)} "
    return any(f" {folded(name)} " in inside for name in names)


@cache
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of whole words, in any case; a blank may be any blanks.

    A phrase that ends with "*" is the beginning of words: "breakthrough*".
    """
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(_pattern, phrases))})(?!\w)", re.IGNORECASE
    )


def _pattern(phrase: str) -> str:
    written = re.escape(phrase.removesuffix("*")).replace(r"\ ", r"\s+")
    return written + r"\w*" if phrase.endswith("*") else written
