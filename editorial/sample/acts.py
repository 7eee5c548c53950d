"""The acts that the demonstration's story is made of: each drives one real verb."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from editorial import publishing, reading, signoff, workflow, writing
from editorial.dossier import Dossier
from editorial.identity import Claim
from editorial.manuscript import Manuscript
from editorial.models import Summary, User
from editorial.sample import people, texts
from editorial.statement import Statement

LATER = timedelta(days=30)


@dataclass
class Newsroom:
    """Who is there, and the summary of each text begun so far."""

    users: dict[str, User]
    summaries: dict[str, Summary] = field(default_factory=dict)

    def now(self, name: str) -> Summary:
        """Return the summary as it stands at this moment."""
        return Summary.objects.get(pk=self.summaries[name].pk)


def start(
    room: Newsroom, name: str, by: User, file: str = "", without: str = ""
) -> None:
    """Begin a text from its file; `without` are words that its first draft lacked."""
    sheet = texts.read(file or name)
    text = replace(sheet.text, body=sheet.text.body.replace(without, ""))
    condition, question = sheet.enter(by=room.users["editor"])
    room.summaries[name] = writing.start(condition, question, by=by, text=text)


def start_empty(
    room: Newsroom, name: str, by: User, condition: str, question: str
) -> None:
    """Begin a text without words, on what two others are about."""
    room.summaries[name] = writing.start(
        room.summaries[condition].condition, room.summaries[question].question, by=by
    )


def revise(room: Newsroom, name: str, by: User, file: str, reason: str) -> None:
    sheet, row = texts.read(file), room.now(name)
    sheet.enter(by=room.users["editor"])
    writing.revise(row, by=by, text=sheet.text, against=row.revision, reason=reason)


def set_aside(room: Newsroom, name: str, by: User, reason: str) -> None:
    writing.set_aside(room.now(name), by=by, reason=reason)


def assign(room: Newsroom, name: str, by: User, reviewer: str) -> None:
    workflow.assign(room.now(name), by=by, reviewer=room.users[reviewer])


def submit(
    room: Newsroom, name: str, by: User, reasons: dict[str, str] | None = None
) -> None:
    """Hand a text in; `reasons` are by the code of the check that asks for each."""
    row = room.now(name)
    asked = Dossier(row).unreasoned
    given = {one.key: reasons[one.code] for one in asked} if reasons else {}
    workflow.submit_for_review(row, by=by, reasons=given)


def request_changes(
    room: Newsroom, name: str, by: User, reasons: list[str], note: str
) -> None:
    workflow.request_changes(room.now(name), by=by, note=note, reasons=reasons)


def start_revision(room: Newsroom, name: str, by: User, reason: str) -> None:
    workflow.start_revision(room.now(name), by=by, reason=reason)


def sign(
    room: Newsroom, name: str, by: User, due: str, said: dict[str, Any] | None = None
) -> None:
    """Sign the text as it stands; `said` is what the reviewer adds to the statement."""
    row = room.now(name)
    said = {"interests": "", **(said or {})}
    reading.tick(row, by=by, passages=reading.asked(Dossier(row)))
    signoff.sign_off(
        row,
        by=by,
        claim=Claim(_password_of(by)),
        content_sha256=Manuscript(row).sha256,
        statement=Statement(
            evidence_searched_on=row.evidence_searched_on,
            review_due_on=date.fromisoformat(due),
            **said,
        ),
    )


def _password_of(user: User) -> str:
    return next(p.password for p in people.cast() if p.username == user.username)


def publish_later(room: Newsroom, name: str, by: User, reason: str) -> None:
    """Set a time that is still to come on the day when the site is filled."""
    at = (timezone.now() + LATER).replace(hour=9, minute=0, second=0, microsecond=0)
    publishing.schedule(room.now(name), by=by, at=at, reason=reason)


def withdraw(room: Newsroom, name: str, by: User, reason: str, note: str) -> None:
    publishing.withdraw(room.now(name), by=by, reason=reason, note=note)
