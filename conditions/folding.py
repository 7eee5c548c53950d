"""Decides which words are equal to a reader who searches. No database.

Accents, capitals, endings and British or American spelling make no difference. Both
engines are given words finished here, so that they find, and mark, the same.
"""

import re
import unicodedata
from functools import lru_cache

from snowballstemmer import stemmer

LONGEST = 60  # letters of a word; what follows makes no difference
# Said in most questions and telling nothing; kept where nothing else was typed, and in
# names: a gene is called WAS.
_COMMON = """
a about am an and any are as at be been but by can could did do does for from had has
have how i if in into is it its me my no not of on or our should so some than that the
their them then there these they this those to us was we were what when where which who
whom why will with would you your
"""
COMMON = frozenset(_COMMON.split())
# A word as written, its possessive apart; marks that compose with no letter stay in it.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*(?:['’]s\b)?")

_LETTERS = re.compile(r"[^\W_]+")
# Letters that no rule of Unicode takes apart.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_GREEK = {
    letter: f" {unicodedata.name(letter).split()[-1].lower()} "
    for letter in map(chr, range(0x3B1, 0x3CA))
    if "FINAL" not in unicodedata.name(letter)
}
_ONE_GREEK = re.compile("(?<![α-ω])[α-ω](?![α-ω])")


def folded(text: str) -> str:
    """Return a text without accents and capitals: ménière as meniere, Ø as o."""
    if text.isascii():  # as most are: the rest says the same, and takes longer
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return plain.casefold().translate(_PLAIN)


@lru_cache(maxsize=10_000)
def words(written: str) -> tuple[str, ...]:
    """Return the folded words of what WORD matched: one, or α and 1 of α1."""
    plain = folded(re.sub("['’]s$", "", written))
    plain = _ONE_GREEK.sub(lambda match: _GREEK.get(match[0], match[0]), plain)
    return tuple(word[:LONGEST] for word in _LETTERS.findall(plain))


@lru_cache(maxsize=50_000)
def stems(written: str) -> tuple[str, ...]:
    """Return what is compared of a word as written: equal for child’s and child."""
    return tuple(map(stem, words(written)))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a folded word without its ending; a code with digits is left as it is."""
    if not word.isalpha():
        return word
    word = word.replace("ae", "e").replace("oe", "e")  # haem-, oedema
    if len(word) > 4:
        word = word.replace("our", "or")  # tumour, behaviour
    # One each time: it keeps the word that it is at, and threads would share it.
    return str(stemmer("english").stemWord(word))


def is_common(written: str) -> bool:
    """Say whether a word tells nothing of what is looked for."""
    return all(word in COMMON for word in words(written))


def telling(text: str) -> list[str]:
    """Return the words of a text that tell something, in order, as compared."""
    found = WORD.findall(text)
    return [stem for one in found if not is_common(one) for stem in stems(one)]


def code(scheme: str, value: str) -> str:
    """Return an identifier as one word, equal however it was pasted."""
    return scheme + "".join(_LETTERS.findall(folded(value)))[: LONGEST * 2]
