"""The one gate: role, lock, state, rules, write, record.

Only this module saves a Summary; `writing`, `signoff` and `publishing` pass through its
gate. Here too: the moves that send a text to review and back.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from types import EllipsisType

from django.core.exceptions import ValidationError
from django.db import transaction

from editorial import accounts, clock, limits, locks, log, roles, rules, wanted
from editorial.demands import fit, need
from editorial.dossier import Dossier
from editorial.models import Summary, User
from editorial.reasons import take
from editorial.rules import MoveRefused
from editorial.sending_back import chosen
from editorial.states import HAND_OVER, MOVES, Role, Status

# Rows that were just read: their fields need no query to be good.
_KEYS = ("condition", "question", "assigned_reviewer", "assigned_writer")


@contextmanager
def moving(
    summary: Summary, name: str, *, by: User, reason: str = "", seen: int | None = None
) -> Iterator[Summary]:
    """Yield the locked row for a move that is allowed, and record it afterwards."""
    with knowing(summary, name, by=by, reason=reason, seen=seen) as known:
        yield known.summary


@contextmanager
def knowing(
    summary: Summary, name: str, *, by: User, reason: str = "", seen: int | None = None
) -> Iterator[Dossier]:
    """Do as `moving` does, and yield all that the rules have read of the row.

    Raises PermissionDenied without the role, and MoveRefused where a rule forbids it
    or where the row is not at the revision that was seen; an exception from within
    leaves nothing behind. Whoever looked at nothing, as the worker, has seen None.
    """
    with transaction.atomic():
        known = Dossier(lock(summary))
        row = known.summary
        roles.require(by, name)
        if why := rules.why_not(name, row, by, known) or moved_on(row, seen):
            raise MoveRefused(why)
        yield known
        write(row, name, by=by, reason=reason)


def lock(summary: Summary) -> Summary:
    """Return the row as it is now, held until the transaction ends."""
    row = locks.held_one(Summary, summary.pk)
    row.note_columns()
    return row


def moved_on(row: Summary, seen: int | None) -> str:
    """Return who wrote a revision after the one that somebody saw, or ""."""
    if seen in (None, row.revision):
        return ""
    newest = row.history.select_related("history_user").first()
    return (
        f"{newest.history_user.printed_name} changed this summary at "
        f"{clock.local(newest.history_date):%H:%M}, after you opened this page. "
        "Nothing was done: look at it as it is now, then press again."
    )


def write(
    row: Summary, name: str, *, by: User, reason: str, wrote_text: bool = False
) -> None:
    """Write a locked row's next revision; MoveRefused names a field that is bad."""
    if (target := MOVES[name].target) and name != "recall":
        row.status = target
    _record(row, name, by=by, reason=reason, wrote_text=wrote_text)


def _record(
    row: Summary, name: str, *, by: User, reason: str, wrote_text: bool = False
) -> None:
    fit("reason", reason, limits.REASON)
    row.move, row.wrote_text = name, wrote_text
    row.revision += 1
    try:
        row.clean_fields(exclude=_KEYS)
    except ValidationError as error:
        raise MoveRefused(" ".join(error.messages)) from error
    row._history_user, row._history_date = by, clock.now()
    row._change_reason = reason
    row.save(update_fields=None if row._state.adding else row.changed())
    row.note_columns()
    log.enter(name, by=by, about=row, row=row, tree=row._tree, **row._facts)


def assign(
    summary: Summary,
    *,
    by: User,
    reviewer: User | None,
    wanted_by: date | EllipsisType | None = ...,
    reason: str = "",
    seen: int | None = None,
) -> Summary:
    """Ask a medical reviewer to review; a reviewer may claim it or give it back.

    An editor may say too by when it is wanted; None: no day; else it stays as it is.
    """
    with moving(summary, "assign", by=by, reason=reason, seen=seen) as row:
        if reviewer not in (by, None) and Role.EDITOR not in roles.roles_of(by):
            raise MoveRefused(
                "Only an editor assigns a review to somebody else: ask one."
            )
        if reviewer and Role.MEDICAL_REVIEWER not in roles.roles_of(reviewer):
            raise MoveRefused(
                f"{reviewer.printed_name} is not a medical reviewer: choose one who is."
            )
        row.assigned_reviewer = reviewer
        if wanted_by is not ...:
            if Role.EDITOR not in roles.roles_of(by):
                raise MoveRefused("Only an editor says by when a review is wanted.")
            _want(row, wanted_by)
    return row


def _want(row: Summary, day: date | None) -> None:
    if why := wanted.why_not(day, row.review_wanted_by):
        raise MoveRefused(why)
    row.review_wanted_by = day


def submit_for_review(
    summary: Summary,
    *,
    by: User,
    reason: str = "",
    reasons: Mapping[str, str] | None = None,
    wanted_by: date | None = None,
    seen: int | None = None,
) -> Summary:
    """Hand the text to the reviewers; from then on it is locked for everyone.

    `reasons` are for findings that hold it back without one, by the key of each.
    """
    with moving(summary, "submit_for_review", by=by, reason=reason, seen=seen) as row:
        take(Dossier(row), reasons or {}, by=by)
        _want(row, wanted_by)
    return row


def recall(
    summary: Summary, *, by: User, reason: str, seen: int | None = None
) -> Summary:
    """Take a text back from review: to draft, or to reviewed if it was a recheck."""
    need(reason, "Say why the text is taken back.")
    with moving(summary, "recall", by=by, reason=reason, seen=seen) as row:
        sent = Dossier(row).submitted
        row.status = Status.DRAFT
        if sent and sent.move == "recheck":
            before = row.history.get(revision=sent.revision - 1)
            row.status = Status.REVIEWED
            row.evidence_searched_on = before.evidence_searched_on
    return row


def request_changes(
    summary: Summary,
    *,
    by: User,
    note: str,
    reasons: Collection[str],
    seen: int | None = None,
) -> Summary:
    """Send the text back to its writers with a note, and why, from a short list."""
    need(note, "Say what must change.")
    need("".join(why := chosen(reasons)), "Choose why: one or more of the reasons.")
    with moving(summary, "request_changes", by=by, reason=note, seen=seen) as row:
        row._facts = {"reasons": why}
    return row


def start_revision(
    summary: Summary, *, by: User, reason: str = "", seen: int | None = None
) -> Summary:
    """Open a signed text for change; the live edition stays public."""
    with moving(summary, "start_revision", by=by, reason=reason, seen=seen) as row:
        pass
    return row


def recheck(
    summary: Summary,
    *,
    by: User,
    evidence_searched_on: date | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Summary:
    """Send the same text to be signed again, with a new date if a search was made."""
    with moving(summary, "recheck", by=by, reason=reason, seen=seen) as row:
        if evidence_searched_on and evidence_searched_on > clock.today():
            raise MoveRefused(
                "Evidence cannot have been searched in the future: give the day on "
                "which it was searched."
            )
        row.evidence_searched_on = evidence_searched_on or row.evidence_searched_on
    return row


def hand_over(
    summary: Summary, *, by: User, part: Role, to: User | None, reason: str
) -> Summary:
    """Name who reviews, or writes on, in the place of a colleague who left; or nobody.

    No editorial decision and so no verb: it changes no word, no state and no date, and
    steers queues alone. Whoever looks after accounts does it, for texts that they may
    neither move nor change. Raises PermissionDenied without that right, and MoveRefused
    where the colleague named could not do the work.
    """
    accounts.require(by)
    with transaction.atomic():
        row = lock(summary)
        if part == Role.MEDICAL_REVIEWER:
            if to and (why := rules.why_not_reviewed_by(row, to)):
                raise MoveRefused(why)
            row.assigned_reviewer = to
        else:
            if to and Role.WRITER not in roles.roles_of(to):
                raise MoveRefused(
                    f"{to.printed_name} is not a writer: choose somebody who is."
                )
            row.assigned_writer = to
        _record(row, HAND_OVER, by=by, reason=reason)
    return row
