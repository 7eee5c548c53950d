"""Finds letters that are not what they look like: another script's, another form's.

Names them in words, for whoever signs; refuses nothing. Asks no database. Medicine
writes Greek letters, raised figures and people's names: those are left in peace.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# A letter with its marks; a hyphen, a prime and a blank part two words.
_MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]"
_WORD = re.compile(rf"(?:[^\W_]|{_MARK})+")
# Letters of other scripts that most fonts draw as they draw a Latin one.
_TWINS = frozenset(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422"
    "\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb"
    "\u04ae\u04af\u04c0\u04cf\u0501\u051b\u051d\u051a\u051c"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5"
    "\u03a7\u03bf\u03f2\u03f3\u037f\u0585\u057d\u0570\u0578"
)
_GREEK_TWINS = frozenset("\u03b9\u03bd\u03c5")  # in a Latin word; alone: symbols
_LATIN_TWINS = frozenset("\u0251\u0261\u01c0\u01c3\u0299\u029f\ua731\u1d04\u1d0f")
# Points, commas and colons that are none, where a dose is read by its point.
_POINTS = frozenset(
    "\u2024\u201a\ua789\u05c3\u066b\u066c\u06d4\u02d0\ua4f8\ua4f9\u0589"
)
_WIDTHS = ("<wide>", "<narrow>", "<small>")
_FRAMES = ("<circle>", "<square>")
_FORMS = (*_WIDTHS, *_FRAMES, "<font>", "<compat>")
_STRIKES = range(0x334, 0x339)  # drawn through the letter before them
_MOST_MARKS = 2
_TOGETHER = (
    {"LATIN", "GREEK"},
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "BOPOMOFO"},
    {"CJK", "HANGUL"},
)
_MIMICS = {"CHEROKEE", "LISU"}  # whole alphabets in the shape of Latin capitals
_SCRIPTLESS = {"COMBINING", "MODIFIER", "SUPERSCRIPT", "SUBSCRIPT", "VULGAR", "DIGIT"}
_CALLED = {"MICRO": "GREEK", "FEMININE": "LATIN", "MASCULINE": "LATIN"}


class LookAlike(NamedTuple):
    """A sign, its name, the words around it, and its place in the text."""

    sign: str
    name: str
    before: str
    after: str
    place: int


def look_alikes(text: str) -> Iterator[LookAlike]:
    """Yield each sign of a text that a reader would take for another, in order."""
    if text.isascii():
        return
    for place in sorted(set(_odd_signs(text)) | set(_odd_letters(text))):
        yield _told(text, place)


def _told(text: str, place: int) -> LookAlike:
    before = re.search(r"\S{0,20}\Z", text[max(0, place - 20) : place])
    after = re.match(r"\S{0,20}", text[place + 1 : place + 21])
    assert before  # both patterns match nothing as well
    assert after
    sign = text[place]
    name = unicodedata.name(sign, "unnamed").lower()
    return LookAlike(sign, f"{name} (U+{ord(sign):04X})", before[0], after[0], place)


def _odd_signs(text: str) -> Iterator[int]:
    """Yield the places of signs that are odd whatever stands around them."""
    marks = 0
    for place, sign in enumerate(text):
        if sign < "\u00b5":
            marks = 0
            continue
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind in ("Mn", "Me") and unicodedata.combining(sign) else 0
        struck = ord(sign) in _STRIKES or kind == "Me"
        if struck or marks > _MOST_MARKS or sign in _POINTS or _is_form(sign, kind):
            yield place


@lru_cache(maxsize=4_000)
def _is_form(sign: str, kind: str) -> bool:
    """Say whether a letter, figure or mark is another one in a form of its own."""
    form = unicodedata.decomposition(sign).partition(" ")[0]
    if form not in _FORMS or "\u0370" <= sign <= "\u03ff":
        return False
    plain = unicodedata.normalize("NFKC", sign)
    if form in _WIDTHS:  # Japanese has narrow letters of its own
        return kind[0] in "LNPS" and plain.isascii()
    return form in _FRAMES or (kind[0] in "LN" and plain.isascii())


def _odd_letters(text: str) -> Iterator[int]:
    """Yield the places of letters that are odd in the word in which they stand."""
    for found in _WORD.finditer(text):
        word = found[0]
        if word.isascii():
            continue
        for place in _odd_in(word):
            yield found.start() + place


def _odd_in(word: str) -> list[int]:
    scripts = {script(sign) for sign in word} - {""}
    letters = [place for place, sign in enumerate(word) if sign.isalpha()]
    if len(scripts) == 1 and scripts != {"LATIN"}:
        alike = scripts <= _MIMICS or all(word[place] in _TWINS for place in letters)
        return [*(letters if alike else ()), *_foreign_figures(word)]
    odd = [p for p, sign in enumerate(word) if sign in _LATIN_TWINS]
    if scripts == {"LATIN", "GREEK"}:
        odd += [place for place in letters if _is_odd_greek(word, place)]
    elif len(scripts) > 1 and not any(scripts <= group for group in _TOGETHER):
        main = "LATIN" if "LATIN" in scripts else script(word[letters[0]])
        odd += [p for p in letters if script(word[p]) not in (main, "")]
    return [*odd, *_foreign_figures(word)]


def _foreign_figures(word: str) -> list[int]:
    """Return the figures of another script, but for those among its own letters."""
    figures = [p for p, s in enumerate(word) if s.isdecimal() and not s.isascii()]
    among = {script(sign) for sign in word} - {"", "LATIN"}
    return [] if among and not any(sign.isascii() for sign in word) else figures


def _is_odd_greek(word: str, place: int) -> bool:
    """Say whether a Greek letter in a Latin word passes for a Latin one.

    “TNFα” and “IκBα” are how genes are written; “pαin” is how a word is disguised.
    """
    sign = word[place]
    if script(sign) != "GREEK":
        return False
    if sign in _TWINS or sign in _GREEK_TWINS:
        return True
    around = word[max(place - 1, 0) : place], word[place + 1 : place + 2]
    return all(near.isascii() and near.islower() for near in around)


@lru_cache(maxsize=4_000)
def script(sign: str) -> str:
    """Return the script that a letter's name in Unicode begins with, or ""."""
    if not sign.isalpha():
        return ""
    first = unicodedata.name(sign, "").partition(" ")[0]
    return "" if first in _SCRIPTLESS else _CALLED.get(first, first)
