"""Puts each reason written against preflight beside the passage that it is about.

Reads only. Beside a changed passage it stands there and in the whole text; a reason for
the text as a whole, or for a whole body, has no passage and stands in the panel alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from conditions import markup
from editorial import preflight
from editorial.checks.finding import Finding
from editorial.desk.review.marking import BODY, SHORT_ANSWER
from editorial.desk.review.passages import Changes, Section, Shown
from editorial.dossier import Dossier
from editorial.models import Field, WrittenReason

FIELDS = {"Short answer": Field.SHORT_ANSWER, "Body": Field.BODY}


@dataclass(frozen=True)
class Note:
    """A finding and its reason; the panel leads to the one that `is_first` of them."""

    finding: Finding
    reason: WrittenReason
    is_first: bool = True

    @property
    def has_passage(self) -> bool:
        """Whether it is about words, and not about a field as a whole."""
        place = self.finding.place
        return place.end > 0 or place.field == Field.SHORT_ANSWER


def beside(known: Dossier, screen: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a review screen that show reasons, with them in place.

    `placed` are the keys of the findings whose reasons stand beside a passage.
    """
    notes = _notes(known)
    shown, placed = {}, set[str]()
    if changes := screen.get("changes"):
        shown["changes"] = _in_changes(changes, notes)
        placed = {n.finding.key for one in shown["changes"].numbered for n in one.notes}
    again = [replace(n, is_first=n.finding.key not in placed) for n in notes]
    blocks = _in_blocks(screen["whole"], known.summary.body, again)
    placed |= {n.finding.key for block in blocks for n in block.get("notes", ())}
    return {**shown, "whole": blocks, "placed": placed}


def _notes(known: Dossier) -> list[Note]:
    asked = preflight.needing(known.findings)
    given = (Note(f, known.reasons[f.key]) for f in asked if f.key in known.reasons)
    return [note for note in given if note.has_passage]


def _in_changes(changes: Changes, notes: list[Note]) -> Changes:
    sections = [_in_section(one, notes) for one in changes.sections]
    every = (one for part in sections for run in part.runs for one in run.shown)
    return Changes(sections, [one for one in every if one.number])


def _in_section(section: Section, notes: list[Note]) -> Section:
    field = FIELDS.get(section.title)
    mine = [note for note in notes if note.finding.place.field == field]
    runs = [
        replace(run, shown=[replace(one, notes=_of(one, mine)) for one in run.shown])
        for run in section.runs
    ]
    return replace(section, runs=runs)


def _of(one: Shown, notes: Iterable[Note]) -> list[Note]:
    """Return the notes on the new words of a changed passage."""
    start, end = one.at, one.at + len(one.passage.new)
    return [n for n in notes if one.number and start <= n.finding.place.start < end]


def _in_blocks(
    blocks: list[dict[str, Any]], body: str, notes: list[Note]
) -> list[dict[str, Any]]:
    """Return the blocks of `passages.whole`, each with the notes on its words."""
    found: dict[int, list[Note]] = {}
    outline = markup.outline(body) if blocks and notes else []
    for note in notes:
        place, number = note.finding.place, SHORT_ANSWER
        if place.field == Field.BODY:
            before = [run.block for run in outline if run.places[0] <= place.start]
            number = BODY + (before[-1] if before else 0)
        found.setdefault(number, []).append(note)
    return [{**block, "notes": found.get(n, [])} for n, block in enumerate(blocks)]
