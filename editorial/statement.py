"""What a reviewer says with a signature, and what the record takes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conditions.models import Edition
from editorial import limits, next_review
from editorial.demands import fit
from editorial.models import ChangeType, Summary
from editorial.rules import MoveRefused

SAID_BY_REVIEWERS = (
    ChangeType.NEW_EVIDENCE,
    ChangeType.CORRECTION,
    ChangeType.WORDING,
)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a reviewer says with the signature. `interests` is "" for none.

    `evidence_searched_on` is the date that the reviewer's screen showed; `reasons` are
    for findings that need one and have none, by the key of each.
    """

    interests: str
    evidence_searched_on: date | None
    review_due_on: date
    change_type: str = ""
    note: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


def said(
    row: Summary, newest: Edition | None, content_sha256: str, statement: Statement
) -> dict[str, Any]:
    """Return change type, note and next review as they will be recorded, or refuse."""
    kind, note = change_type(newest, content_sha256), statement.note.strip()
    if not kind and statement.change_type not in SAID_BY_REVIEWERS:
        raise MoveRefused(
            "Say what kind of change it is: new evidence, correction or wording."
        )
    if not kind and not 10 <= len(note) <= limits.NOTE:
        raise MoveRefused("Say in 10 to 300 characters what changed, for readers.")
    fit("note to readers", note, limits.NOTE)
    fit("declaration", statement.interests, limits.INTERESTS)
    last = next_review.limit(row)
    if why := last.why_not(statement.review_due_on):
        raise MoveRefused(why)
    said = kind or ChangeType(statement.change_type)
    return {
        "change_type": said,
        "note": note or f"{said.label}.",
        "review_due_on": statement.review_due_on,
        "lapses_on": last.lapse.on if last.lapse else None,
    }


def change_type(last: Edition | None, content_sha256: str) -> ChangeType | None:
    """Return the change type where it can be computed; None: the reviewer says it."""
    if last is None:
        return ChangeType.FIRST_EDITION
    if last.content_sha256 == content_sha256:
        return ChangeType.NO_CHANGE
    return None
