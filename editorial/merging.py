"""Two texts that grew out of one, put together passage by passage. No database.

It takes by itself only what one of the two alone changed; where both did, it asks. A
list and a table are one passage each, so that no row is torn out of its table.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from conditions.markup import normalise
from conditions.tokens import paragraphs
from editorial.weaving import Blocks, woven

STANDING, KEPT, BOTH = "standing", "kept", "both"
# More differences than that nobody chooses one by one, and no form could hold.
MOST = 200
BLANK_LINE, BLANK = "\n\n", " "

_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])(?:\s|\Z)")
# After a full stop a small letter or a number goes on with the sentence: "approx. 5".
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[^a-z0-9 ])")
_MARKS = "*_"


@dataclass(frozen=True)
class Passage:
    """One passage in the text that both began with, and in each of the two now.

    None where a text has no such passage. `based` is false where nobody knows what both
    began with. `joint` parts two passages set one after the other; "" for none.
    """

    base: str | None
    standing: str | None
    kept: str | None
    based: bool = True
    joint: str = BLANK_LINE
    key: str = ""

    @property
    def differs(self) -> bool:
        return self.standing != self.kept

    @property
    def default(self) -> str:
        """The text that alone changed the passage; "" where both did, or who knows."""
        if not (self.differs and self.based):
            return ""
        if self.kept == self.base:
            return STANDING
        return KEPT if self.standing == self.base else ""

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be taken; the text that has no such passage stands for none."""
        if not self.differs:
            return ()
        lacking = self.default or not self.joint or None in (self.standing, self.kept)
        return (STANDING, KEPT) if lacking else (STANDING, KEPT, BOTH)

    def chosen(self, choices: Mapping[str, str]) -> str:
        """Return what was chosen by the passage's key, else the default."""
        choice = choices.get(self.key, "")
        return choice if choice in self.choices else self.default

    def taken(self, choice: str) -> Blocks:
        """Return the words that a choice takes, in order."""
        sides = (self.standing, self.kept) if choice == BOTH else (self.standing,)
        found = (self.kept,) if choice == KEPT else sides
        return [words for words in found if words is not None]


def of_body(base: str | None, standing: str, kept: str) -> list[Passage]:
    """Return every passage of both texts, in an order that is the order of each."""
    return _numbered("body", _of([base, standing, kept], _blocks, BLANK_LINE))


def of_short_answer(base: str | None, standing: str, kept: str) -> list[Passage]:
    """Return the sentences of both where each is one plain paragraph, else passages."""
    texts = [base, standing, kept]
    if all(_is_plain(_blocks(text or "")) for text in texts):
        return _numbered("short", _of(texts, _sentences, BLANK))
    return _numbered("short", _of(texts, _blocks, BLANK_LINE))


def of_field(name: str, base: str | None, standing: str, kept: str) -> Passage:
    """Return what one field holds in each; one of the two is taken, never both."""
    return Passage(base, standing, kept, base is not None, "", name)


def undecided(passages: Sequence[Passage], choices: Mapping[str, str]) -> list[Passage]:
    """Return the differences that are still to be chosen."""
    return [one for one in passages if one.differs and not one.chosen(choices)]


def merged(passages: Sequence[Passage], choices: Mapping[str, str]) -> str:
    """Return the text that the choices make; nothing in it may be undecided."""
    joint = passages[0].joint if passages else BLANK_LINE
    return joint.join(
        words for one in passages for words in one.taken(one.chosen(choices))
    )


def normalised(text: str) -> str:
    """Return a text as merging leaves it: as stored, one blank line at each break."""
    return BLANK_LINE.join(_blocks(text))


def _blocks(text: str) -> Blocks:
    """Return the passages of a text; a list stays one, also with blank lines in it."""
    found: Blocks = []
    for part in paragraphs(normalise(text)):
        goes_on = _ITEM.match(part) or part[0].isspace()
        if found and goes_on and _ITEM.match(found[-1]):
            found[-1] += BLANK_LINE + part
        else:
            found.append(part)
    return found


def _is_plain(blocks: Blocks) -> bool:
    """Say whether sentences can be parted: one paragraph, no emphasis across them."""
    return len(blocks) <= 1 and not any(
        "\n" in sentence or any(sentence.count(mark) % 2 for mark in _MARKS)
        for block in blocks
        for sentence in _SENTENCE_END.split(block)
    )


def _sentences(text: str) -> Blocks:
    return [part for block in _blocks(text) for part in _SENTENCE_END.split(block)]


def _of(
    texts: list[str | None], parted: Callable[[str], Blocks], joint: str
) -> list[Passage]:
    """Return what three texts have, part by part; as a whole where that is too much."""
    based = texts[0] is not None
    parts = [parted(text or "") for text in texts]
    found = [Passage(*words, based, joint) for words in woven(*parts)]
    if sum(one.differs for one in found) <= MOST:
        return found
    base, standing, kept = (joint.join(part) or None for part in parts)
    return [Passage(base, standing, kept, based)]


def _numbered(name: str, passages: list[Passage]) -> list[Passage]:
    """Give each passage a key made of its words: it outlives a change of the others."""
    times: Counter[str] = Counter()
    found = []
    for one in passages:
        words = repr((one.base, one.standing, one.kept, one.based))
        digest = sha256(words.encode(errors="surrogatepass")).hexdigest()[:16]
        times[digest] += 1
        found.append(replace(one, key=f"{name}-{digest}-{times[digest]}"))
    return found
