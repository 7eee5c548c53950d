"""How long a text takes to read, and how hard it is: words, minutes, a reading grade.

Knows no summary and no database. The grade is that of Flesch and Kincaid, a US school
grade: 0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid, Fishburne,
Rogers and Chissom, Derivation of New Readability Formulas, Naval Technical Training
Command, Research Branch Report 8-75, 1975). It is made for English.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from conditions import markup
from editorial import sentences
from editorial.syllables import syllables

RULES = 1  # raise it with any rule that changes a grade, here or in `syllables`
WORDS_A_MINUTE = 200
FEWEST_WORDS = 10  # fewer give a number that says nothing
# Grades to aim at: US bodies ask for 6 to 8 of what patients read (AMA, NIH).
SHORT_ANSWER, BODY = 8, 9

_HEADING = re.compile(r"(?m)^ {0,3}#{2,3} .*$")
_CITATION = re.compile(r"\[@[^\]\n]{0,1000}\]|\[@\S*")
_LIST_MARK = re.compile(r"\A *(?:- |\d{1,3}\. )")
_SIGN = re.compile(r"\w")
_AROUND = "()[]{}<>“”‘’\"'«».,;:!?…*_"
_CAPITALS = re.compile("[a-z]?[A-Z][A-Z-]*s?")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile("[A-Za-zÀ-ɏ]")


@dataclass(frozen=True)
class Measure:
    """Words as a reader counts them; of the prose alone, what the grade is made of.

    Prose has no heading and no table. A citation is no word; a number and an
    abbreviation in capitals are words of one syllable.
    """

    words: int
    prose: int
    sentences: int
    syllables: int

    @property
    def minutes(self) -> int:
        """Minutes to read it in, to the nearest; 0 for less than one."""
        if self.words < WORDS_A_MINUTE:
            return 0
        return (self.words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE

    @property
    def grade(self) -> float | None:
        """The grade, never below 0; None where too few words would make it wild."""
        if self.prose < FEWEST_WORDS:
            return None
        a_sentence, a_word = self.prose / self.sentences, self.syllables / self.prose
        return max(0.0, round(0.39 * a_sentence + 11.8 * a_word - 15.59, 1))


def measure(source: str) -> Measure:
    """Return the measure of a text in our markup, or of one whose markup is faulty."""
    lines = _plain(_HEADING.sub("", source)).split("\n")
    headings = [_CITATION.sub("", line) for line in _HEADING.findall(source)]
    words = sum(len(_words(line)) for line in (*lines, *headings))
    prose = [_words(line) for line in lines if " | " not in line]
    counted = [word for line in prose for word in line]
    if not _is_latin("".join(counted)):
        return Measure(words, prose=0, sentences=0, syllables=0)
    return Measure(
        words,
        prose=len(counted),
        sentences=sum(map(_sentences, prose)),
        syllables=sum(map(_spoken, counted)),
    )


def told(measured: Measure, target: int) -> str:
    """Return the measure as one line for a writer, with what to aim at."""
    if not measured.words:
        return "No words yet."
    plural = "" if measured.words == 1 else "s"
    said = f"{measured.words:,} word{plural}, {_minutes(measured.minutes)} to read."
    grade = measured.grade
    if grade is None:
        return said
    said += f" Reading grade {grade}: {_reader(grade)}"
    return f"{said}; aim for {target} or below." if grade > target else f"{said}."


def _minutes(minutes: int) -> str:
    if not minutes:
        return "under 1 minute"
    return "about 1 minute" if minutes == 1 else f"about {minutes} minutes"


def _reader(grade: float) -> str:
    # A US grade is a year of school; children enter the first at about six.
    if grade < 12.5:
        return f"a reader of about {max(6, round(grade) + 5)} follows it"
    return "a student follows it" if grade < 16.5 else "specialists follow it"


def _plain(source: str) -> str:
    with suppress(markup.MarkupError):
        return markup.to_text(source)
    return _CITATION.sub("", source)


def _words(line: str) -> list[str]:
    """Return the words of a line, the bullet or number of a list left out."""
    words = _LIST_MARK.sub("", line, count=1).split()
    return [word for word in words if _SIGN.search(word)]


def _is_latin(letters: str) -> bool:
    """Say whether a text is in letters that the rules can count."""
    return 2 * len(_LATIN.findall(letters)) >= len(_LETTER.findall(letters))


def _sentences(words: list[str]) -> int:
    """Return the number of sentences in a line, the last one closed by its end."""
    if not words:
        return 0
    return 1 + sum(sentences.ends(word, after) for word, after in pairwise(words))


def _spoken(word: str) -> int:
    """Return the syllables of a word; 1 for a figure, a dose, a gene or a code."""
    bare = word.strip(_AROUND)
    if any(c.isdigit() for c in bare) or _CAPITALS.fullmatch(bare):
        return 1
    return syllables(bare)
