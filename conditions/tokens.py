"""How a text is taken apart for comparison: lines, words, numbers. No database."""

import re
from typing import NamedTuple

from conditions.composition import composed, line_feeds

# A sign or comparator belongs to its number, but the dash of a range to neither.
_SIGN = r"(?:(?<![\w)\]%])[-\u2212+±<>≤≥≈~=]{1,3})?(?:(?<!\w)\.)?"
_RAISED_SIGNS = r"\u00b2\u00b3\u00b9\u2070-\u2079\u00bc-\u00be\u2150-\u215e"
_RAISED = rf"[{_RAISED_SIGNS}]*"
_NUMBER = rf"{_SIGN}\d+(?:[.,]\d+)*{_RAISED}[%‰]?"
_TOKEN = re.compile(
    rf"(\n|{_NUMBER}|[^\W_]+(?:[-'\u2019/][^\W_]+)*|[^\w\s]|_|)([^\S\n]*)"
)
_WORD = re.compile(r"[^\W_]+")
_PREFIXED = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

_UNITS = (
    "mg mcg µg μg ug g kg ng pg dg l dl ml cl fl µl μl m cm mm nm µm μm mol mmol µmol "
    "μmol umol nmol pmol iu miu u ku unit units meq eq osm mosm kcal cal kj j bq mbq "
    "gbq gy mgy sv msv hz khz mhz v mv kpa pa mmhg bpm ppm ppb percent cent gram grams "
    "milligram milligrams microgram micrograms nanogram nanograms kilogram kilograms "
    "litre litres liter liters millilitre millilitres milliliter milliliters metre "
    "metres centimetre centimetres millimetre millimetres drop drops puff puffs "
    "tablet tablets capsule capsules dose doses second seconds minute minutes min h "
    "hour hours day days week weeks month months year years hourly daily nightly "
    "weekly fortnightly monthly yearly"
)
_NEGATIONS = (
    "no not never none nor neither without cannot non nothing nobody nowhere unless "
    "except rarely seldom lack lacks lacking absence absent fail fails "
    "failed avoid avoids avoided contraindicated unlikely dont doesnt isnt arent cant"
)
_COMPARISONS = (
    "more less fewer greater higher above below least most exceed exceeds before after "
    "always only all positive negative"
)
_AMOUNTS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty "
    "sixty seventy eighty ninety half halves third thirds quarter quarters once twice "
    "single double triple hundred thousand million billion dozen"
)
_TELLING_WORDS = "|".join(f"{_UNITS} {_NEGATIONS} {_COMPARISONS} {_AMOUNTS}".split())
# A rise and a fall, in every form: "increases", "reduced", "worsening".
_TURNS = (
    "(?:increas|decreas|reduc|rais|lower|improv|worsen|ris|fall)(?:e|es|ed|ing|en|s)?"
)
_DIGITS = rf"[\d{_RAISED_SIGNS}]"
# A unit under another, as in mmol/L and mg/kg/day, is one unit.
_PER = r"(?:/[^\W\d_]+)*"
_NOTABLE = re.compile(
    r"(?P<key>\[?@[A-Za-z][^\s;\]]*)"  # a citation's number is no figure
    rf"|{_SIGN}(?<![^\W_])[^\W_]*{_DIGITS}[^\W_]*(?:[.,]\d+)*[%‰]?"
    r"|[<>≤≥±≈=~×%‰]+"
    r"|°(?:[^\S\n]?[CFcf](?![^\W_]))?"
    r"|(?<![^\W_])[^\W_]+n['\u2019]t(?![^\W_])"
    r"|(?<![^\W_])(?-i:[IVX]{2,})(?![^\W_])"  # stage II, factor IX
    rf"|(?<![^\W_])(?:{_TELLING_WORDS}|{_TURNS})(?![^\W_]){_PER}",
    re.IGNORECASE,
)
_NEGATING = ("un", "in", "im", "ir", "il", "non", "non-", "dis", "contra", "anti")
_SHORTEST = 4  # letters that may carry a negating prefix: "into" is no "to" negated


class Token(NamedTuple):
    """A word, whole number, mark or line end, and the blanks after it."""

    key: str
    blank: str


def settled(text: str) -> str:
    """Return the text as it is signed: one form of each letter and of line ends."""
    return composed(line_feeds(text))


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


def notable_parts(text: str, other: str = "") -> list[str]:
    """Return the text in parts, of which every second alters a dose or a sense.

    Those are numbers, units, comparisons and negations, and the words that `other`, the
    text in its place, has with or without a negating prefix: "safe", "unsafe".
    """
    pattern = _NOTABLE
    if turned := _turned(text, other):
        words = "|".join(map(re.escape, sorted(turned, key=len, reverse=True)))
        both = rf"{_NOTABLE.pattern}|(?<![^\W_])(?:{words})(?![^\W_])"
        pattern = re.compile(both, re.IGNORECASE)
    parts, plain = [], 0
    for found in pattern.finditer(text):
        if not found["key"]:
            parts += [text[plain : found.start()], found[0]]
            plain = found.end()
    return [*parts, text[plain:]]


def _turned(text: str, other: str) -> set[str]:
    """Return the words whose opposite by a prefix stands in the other text."""
    mine, theirs = (set(_PREFIXED.findall(t.casefold())) for t in (text, other))
    return {
        word
        for prefix in _NEGATING
        for word in mine
        if (len(word) >= _SHORTEST and prefix + word in theirs)
        or (
            word.startswith(prefix)
            and len(word) - len(prefix) >= _SHORTEST
            and word.removeprefix(prefix) in theirs
        )
    }


def is_notable(text: str, other: str = "") -> bool:
    """Say whether a number, unit, comparison or negation is in the text."""
    return len(notable_parts(text, other)) > 1
