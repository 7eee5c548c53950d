"""What differs between two contents, part by part, so that nothing signed is unread.

Reads contents and shows them; asks no database and changes nothing.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.text import capfirst

from conditions import compare, references
from conditions.content import CONDITION_WORDS, SOURCE_WORDS
from editorial.look_alikes import LookAlike, look_alikes
from editorial.models import Drafting

# They print as nothing although Unicode files them among letters and marks.
BLANK = dict.fromkeys("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0", True)
MOST_NAMED = 20
# A signed content comes back in the order of the alphabet, a new one as composed.
ORDER = {word: place for place, word in enumerate((*SOURCE_WORDS, *CONDITION_WORDS))}


@dataclass(frozen=True)
class Part:
    """One part of a content, such as the body, in its old words and its new ones."""

    title: str
    old: str
    new: str

    @property
    def changed(self) -> bool:
        return compare.changed(self.old, self.new)

    @cached_property
    def passages(self) -> list[compare.Passage]:
        return compare.passages(self.old, self.new)

    @property
    def is_text(self) -> bool:
        """Whether what stands around a change helps to judge it."""
        return self.title in ("Short answer", "Body")

    @property
    def count(self) -> int:
        """How many passages are not the same in both."""
        return sum(passage.kind != "same" for passage in self.passages)


def against(old: dict[str, Any], new: dict[str, Any]) -> list[Part]:
    """Return every part of two contents, the text first, with what changed in it."""
    before, after = parts(old), parts(new)
    return [Part(title, before[title], after[title]) for title in after]


def parts(content: dict[str, Any]) -> dict[str, str]:
    """Return every word that a signature covers, as paragraphs under a title each."""
    return {
        "Short answer": content["short_answer"],
        "Body": content["body"],
        "Sources": "\n\n".join(map(_source, content["sources"])),
        "Condition": _lines(**content["condition"]),
        "Question": _lines(**content["question"]),
        "Take part": _take_part(content["take_part"]),
        "Written by": ", ".join(content["authors"]),
        "How it was drafted": _drafting(**content["drafting"]),
        "Disclaimer": content["disclaimer"],
        "Language": content["language"],
    }


def _source(source: dict[str, Any]) -> str:
    return _lines("\n", **source)


def _take_part(block: dict[str, Any]) -> str:
    community = block["community"] or {}
    return _lines(trial_search=block["trial_search"], **community)


def _drafting(how: str, note: str) -> str:
    said = Drafting(how).label if how in Drafting.values else how
    return f"{said}. {note}".strip()


def _lines(between: str = "\n\n", /, **words: Any) -> str:
    """Return “Name: words” for each that has any, in one order whatever theirs."""
    names = sorted(words, key=lambda name: (ORDER.get(name, len(ORDER)), name))
    said = ((name.replace("_", " "), _text(words[name])) for name in names)
    return between.join(f"{capfirst(name)}: {text}" for name, text in said if text)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case list():
            return ", ".join(map(_text, value))
        case {"scheme": scheme, "value": code}:
            return str(references.code(scheme, code)["text"])
        case _:
            return str(value)


def hidden(content: dict[str, Any]) -> list[str]:
    """Name each character that no reader sees, and where it stands."""
    found = [
        f"{title}: {named(sign)} after “{_before(text, place)}”."
        for title, text in parts(content).items()
        for place, sign in enumerate(text)
        if is_hidden(sign)
    ]
    more = len(found) - MOST_NAMED
    return [*found[:MOST_NAMED], *([f"And {more} more."] if more > 0 else [])]


@dataclass(frozen=True)
class Odd:
    """A sign that looks like another, in its word, and how often it stands so."""

    title: str
    said: LookAlike
    times: int


def odd(content: dict[str, Any]) -> list[Odd]:
    """Name each letter or figure that looks like another, each word of a part once."""
    return odd_in(parts(content))


def odd_in(texts: dict[str, str]) -> list[Odd]:
    """Name what `odd` does in texts by their titles."""
    first: dict[tuple[str, ...], tuple[str, LookAlike]] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for title, text in texts.items():
        for one in look_alikes(text):
            key = (title, one.sign, one.before, one.after)
            first.setdefault(key, (title, one))
            times[key] += 1
    return [Odd(*first[key], times[key]) for key in first]


def is_hidden(sign: str) -> bool:
    """Say whether a sign prints as nothing."""
    if sign in "\n\t":
        return False
    kind = unicodedata.category(sign)
    # Cf: zero width, bidirectional controls, soft hyphen; variation selectors are Mn.
    return (
        kind in ("Cf", "Cc", "Co", "Cn", "Zl", "Zp")
        or sign in BLANK
        or "VARIATION SELECTOR" in unicodedata.name(sign, "")
    )


def named(sign: str) -> str:
    """Return the name of a sign in Unicode, and its number."""
    return f"{unicodedata.name(sign, 'control character').lower()} (U+{ord(sign):04X})"


def _before(text: str, place: int) -> str:
    near = text[max(0, place - 24) : place].split("\n")[-1]
    if place > 24 and " " in near:
        near = near.partition(" ")[2]  # not from the middle of a word
    return "".join(sign for sign in near if not is_hidden(sign))
