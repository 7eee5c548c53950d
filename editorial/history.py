"""The timeline of a summary: all that happened to it, in order. Reads only."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import accumulate
from typing import Any, cast

from conditions.models import Publication
from editorial import sending_back, telling, threads, traces
from editorial.manuscript import answer
from editorial.models import SignOff, Summary
from editorial.states import Status
from editorial.traces import Revision


@dataclass(frozen=True)
class Event:
    """One thing that happened: `who` and `what` make a sentence.

    `revision` is the number that stood just after it, `words` what was said for
    colleagues, `note` what readers were told.
    """

    # signature, publication, refusal, kept, comment or reason
    kind: str
    at: datetime
    who: str
    what: str
    revision: int
    words: str = ""
    note: str = ""
    wrote_text: bool = False
    pk: int = 0


NOTHING_MORE = telling.Act()


@dataclass(frozen=True)
class OfRevision:
    """The event of a revision; it finds its words when it is shown.

    Of the hundreds that a text of years has, a page shows some.
    """

    row: Revision
    act: telling.Act
    reasons: Sequence[str]
    kind = "revision"

    @property
    def at(self) -> datetime:
        return self.row.history_date

    @property
    def who(self) -> str:
        return self.row.history_user.printed_name

    @property
    def what(self) -> str:
        return telling.done(self.row, self.act)

    @property
    def revision(self) -> int:
        return self.row.revision

    @property
    def words(self) -> str:
        # What a signer says is said to readers.
        return "" if self.act.signature else self.row.history_change_reason or ""

    @property
    def note(self) -> str:
        signed, published = self.act.signature, self.act.publication
        return _note(signed) if signed else (published.note if published else "")

    @property
    def wrote_text(self) -> bool:
        return self.row.wrote_text


def timeline(summary: Summary) -> list[Event | OfRevision]:
    """Return every event of a summary, the newest first.

    Revisions are in the order of their numbers, which a wrong clock cannot turn round;
    what has no number stands after the last revision made before it.
    """
    rows, signatures = traces.revisions(summary), traces.signatures(summary=summary.pk)
    publications = traces.publications(**answer(summary))
    acts = telling.acts(rows, signatures, publications)
    why = sending_back.given(summary)
    revisions = [
        OfRevision(row, acts.get(row.revision, NOTHING_MORE), why.get(row.pk, ()))
        for row in rows
    ]
    standing_at = _standing_at(rows)
    told = {
        thing for act in acts.values() for thing in (act.signature, act.publication)
    }
    others = (
        *(_signature(row) for row in signatures if row not in told),
        *(_publication(row, standing_at) for row in publications if row not in told),
        *_refusals(summary, standing_at),
        *_kept(summary, standing_at),
        *(Event(kind="comment", **said) for said in threads.told(summary, standing_at)),
        *_reasons(summary),
    )
    return sorted((*revisions, *others), key=_order, reverse=True)


def revision(summary: Summary, number: int) -> Any:
    """Return the history row of that number with its author, or None."""
    rows = summary.history.select_related("history_user")
    return rows.filter(revision=number).first()


def sent_back(summary: Summary) -> Any:
    """Return the revision that asked for the changes waited for now, or None."""
    if summary.status != Status.CHANGES_REQUESTED:
        return None
    rows = summary.history.select_related("history_user")
    return rows.filter(move="request_changes").first()


def previous_text(summary: Summary, number: int) -> int:
    """Return the number of the revision before it, or 0: what to compare it with."""
    older = summary.history.filter(revision__lt=number).values_list("revision")
    return next((found for (found,) in older[:1]), 0)


def _order(event: Event | OfRevision) -> tuple[int, bool, datetime, bool]:
    of_its_own = event.kind == "revision"
    return (
        event.revision,
        not of_its_own,
        event.at,
        # A signature and what it published may have the very same time.
        event.kind == "publication",
    )


def _note(signed: SignOff) -> str:
    """Return what was said to readers, where it is more than the kind of change."""
    kind = signed.get_change_type_display()
    return "" if signed.note.rstrip(".") == kind else signed.note


def _standing_at(rows: list[Revision]) -> Callable[[datetime], int]:
    """Return a function that names the revision that stood at a moment."""

    @cache
    def course() -> tuple[list[datetime], list[int]]:
        by_time = sorted((row.history_date, row.revision) for row in rows)
        highest = accumulate((number for _, number in by_time), max)
        return [at for at, _ in by_time], list(highest)

    def standing_at(moment: datetime) -> int:
        times, numbers = course()
        place = bisect_right(times, moment)
        return numbers[place - 1] if place else 0

    return standing_at


def _signature(row: SignOff) -> Event:
    return Event(
        kind="signature",
        at=row.signed_at,
        who=row.signer.printed_name,
        what=f"signed the text of edition {row.edition_number}, which needed another "
        "signature",
        revision=cast(Any, row).read,
        note=_note(row),
    )


def _publication(row: Publication, standing_at: Callable[[datetime], int]) -> Event:
    return Event(
        kind="publication",
        at=row.at,
        who="",
        what=f"{row.get_kind_display()}: edition {row.edition.number}",
        revision=standing_at(row.at),
        note=row.note,
    )


def _refusals(
    summary: Summary, standing_at: Callable[[datetime], int]
) -> Iterator[Event]:
    for row in traces.refusals(summary=summary.pk):
        yield Event(
            kind="refusal",
            at=row.at,
            who=row.by.printed_name,
            what="could not sign",
            revision=standing_at(row.at),
            words=row.reason,
        )


def _kept(summary: Summary, standing_at: Callable[[datetime], int]) -> Iterator[Event]:
    for row in traces.kept_texts(summary=summary.pk):
        waits = "" if row.settled_in else " It is not merged yet."
        yield Event(
            kind="kept",
            at=row.at,
            who=row.by.printed_name,
            what="saved too late: the text is kept",
            revision=standing_at(row.at),
            words=f"Typed against revision {row.against_revision}.{waits}",
            pk=row.pk,
        )


def _reasons(summary: Summary) -> Iterator[Event]:
    for row in traces.reasons(summary=summary.pk):
        who, what = row.by.printed_name, f"wrote why {row.what} stays ({row.code})"
        yield Event("reason", row.at, who, what, row.revision, row.reason)
