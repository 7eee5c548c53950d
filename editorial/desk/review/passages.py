"""A review passage by passage: what changed, numbered, and what each passage cites.

Reads contents and shows them; asks no database and changes nothing.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from conditions import markup, references, typesetting
from conditions.compare import Passage
from editorial import reading
from editorial.changes import Part

# So many unchanged passages stay beside a change; the others are folded away.
NEAR = 1
Sources = list[dict[str, Any]]


@dataclass(frozen=True)
class Shown:
    """A passage as the screen shows it; `number` counts what changed, 0: it did not.

    `key` is what a tick of it is kept under; see `reading`. `at` is the place of its
    new words in their part; `notes` are the reasons about them; see `reasoned`.
    """

    passage: Passage
    number: int = 0
    sources: Sources = field(default_factory=list)
    key: str = ""
    at: int = 0
    notes: list[Any] = field(default_factory=list)

    @property
    def removed(self) -> bool:
        return self.passage.kind == "removed"


@dataclass(frozen=True)
class Run:
    """Passages that follow each other, shown or folded away."""

    shown: list[Shown]
    folded: bool = False


@dataclass(frozen=True)
class Section:
    """One part of a content with its changes."""

    title: str
    runs: list[Run]

    @property
    def blanks_only(self) -> bool:
        """Whether every passage is the same: what changed stands between them."""
        return not any(one.number for run in self.runs for one in run.shown)


@dataclass(frozen=True)
class Changes:
    """Everything that changed in a text: by part, and as one list to jump through."""

    sections: list[Section]
    numbered: list[Shown]

    @property
    def count(self) -> int:
        return len(self.numbered)

    @property
    def blanks_only(self) -> bool:
        """Whether nothing changed but blank lines."""
        return bool(self.sections) and not self.numbered

    @property
    def notable(self) -> int:
        """How many changes have a figure, a unit, a comparison or a negation."""
        return sum(shown.passage.notable for shown in self.numbered)


NOTHING = Changes([], [])


def changed(parts: list[Part], old: dict[str, Any], content: dict[str, Any]) -> Changes:
    """Return the parts that changed, each passage with what it cites in its content.

    What was removed has the sources of the old content, whose numbers count no more.
    """
    known, keys = sources(content), reading.keys(reading.changed(parts))
    gone = {key: {**one, "number": ""} for key, one in sources(old).items()}
    sections, numbered = [], []
    for part in parts:
        if not part.changed:
            continue
        shown, at = [], 0
        for passage in part.passages:
            one, at = Shown(passage), max(at, part.new.find(passage.new, at))
            if passage.kind != "same":
                place, has = len(numbered), (passage.new, known)
                if passage.kind == "removed":
                    has = (passage.old, gone)
                one = Shown(passage, place + 1, _cited(*has), keys[place], at)
                numbered.append(one)
            shown.append(one)
            at += len(passage.new)
        sections.append(Section(part.title, _runs(shown, is_text=part.is_text)))
    return Changes(sections, numbered)


def _runs(shown: list[Shown], *, is_text: bool) -> list[Run]:
    """Fold away what did not change, but for what stands right beside a change."""
    changes = [place for place, one in enumerate(shown) if one.number]
    near = {
        place + step
        for place in changes
        for step in range(-NEAR, NEAR + 1)
        if is_text or step == 0
    }
    groups = groupby(enumerate(shown), key=lambda pair: pair[0] not in near)
    return [Run([one for _, one in group], folded) for folded, group in groups]


def whole(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the text block by block as readers will see it, with what each cites.

    Nothing while the text cannot be shown in full: the faults say why.
    """
    known = sources(content)
    try:
        answer = typesetting.short_answer(content)
        body = typesetting.blocks(content)
    except markup.MarkupError:
        return []
    return [
        {"label": "Short answer", "html": answer, "sources": []},
        *(
            {"html": html, "sources": [known[key] for key in keys if key in known]}
            for html, keys in body
        ),
    ]


def sources(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the sources of a content as readers will see them, each by its key."""
    cited: dict[str, int] = {}
    with suppress(markup.MarkupError):
        cited = markup.citation_counts(content["body"])
    keys = [source["key"] for source in content["sources"]]
    typeset = references.typeset(content["sources"], cited, {})
    return {key: {**one, "key": key} for key, one in zip(keys, typeset, strict=True)}


def _cited(text: str, known: dict[str, dict[str, Any]]) -> Sources:
    with suppress(markup.MarkupError):
        return [known[key] for key in markup.citations(text) if key in known]
    return []
