"""A writer's verbs: start, revise, restore, set aside.

The only room that changes the words of a summary.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from conditions import markup
from conditions.models import LANGUAGE, Condition, Question
from editorial import clock, limits, locks, log, roles, rules, settling
from editorial.demands import fit, need
from editorial.models import Drafting, LostText, Summary, User
from editorial.rules import MoveRefused
from editorial.workflow import lock, moved_on, moving, write

KEPT = "Nothing is lost: your text is kept."


class Conflict(MoveRefused):
    """A save against an older revision; the text that lost is kept."""

    def __init__(self, why: str, lost: LostText, current: Summary) -> None:
        super().__init__(why)
        self.lost, self.current = lost, current


@dataclass(frozen=True, kw_only=True)
class Text:
    """What a writer types: both texts, and how and on what evidence they were made."""

    short_answer: str
    body: str
    evidence_searched_on: date | None = None
    drafting: str = Drafting.PERSON
    drafting_note: str = ""

    def settled(self) -> dict[str, Any]:
        """Return the fields as they are stored: one composition, one kind of line end.

        Raises MoveRefused for a text that is too long or cannot be printed without
        changing it, and for a date that has not come.
        """
        short, body = map(markup.normalise, (self.short_answer, self.body))
        for name, words in (("short_answer", short), ("body", body)):
            if why := limits.text_too_long(name, words):
                raise MoveRefused(why)
        fit("note on the drafting", self.drafting_note, limits.DRAFTING_NOTE)
        try:
            markup.check_short(short)
            markup.check(body)
        except markup.MarkupError as error:
            raise MoveRefused(str(error)) from error
        if self.evidence_searched_on and self.evidence_searched_on > clock.today():
            raise MoveRefused("Evidence cannot have been searched in the future.")
        return {**self.__dict__, "short_answer": short, "body": body}


def start(
    condition: Condition,
    question: Question,
    *,
    by: User,
    text: Text | None = None,
    reason: str = "",
) -> Summary:
    """Begin the answer of a question for a condition, or take up one set aside.

    Where somebody began it before, a text that was given is kept, and Conflict raised.
    """
    roles.require(by, "start")
    fields = (text or Text(short_answer="", body="")).settled()
    row = Summary(condition=condition, question=question, language=LANGUAGE, **fields)
    with transaction.atomic():
        # Two who begin the same answer find no row to lock: its condition it is.
        locks.held_one(Condition, condition.pk)
        answer = {"condition": condition, "question": question, "language": LANGUAGE}
        there = locks.held(Summary.objects.filter(**answer))
        wrote = bool(row.short_answer or row.body)
        if not there:
            write(row, "start", by=by, reason=reason, wrote_text=wrote)
            return row
        (found,) = there
        if not (why := rules.why_not("start", found, by)):
            return _take_up(found, fields if text else {}, by=by, reason=reason)
        if not wrote:
            raise MoveRefused(why)
        lost = _keep(found, by=by, against_revision=0, **fields)
    raise Conflict(f"{why} {KEPT}", lost, found)


def _take_up(row: Summary, fields: dict[str, Any], *, by: User, reason: str) -> Summary:
    row.set_aside = False
    wrote = _put(row, fields)
    write(row, "start", by=by, reason=reason, wrote_text=wrote)
    return row


def _put(row: Summary, fields: dict[str, Any]) -> bool:
    """Put the fields on the row; say whether its words differ now."""
    before = row.short_answer, row.body
    for field, value in fields.items():
        setattr(row, field, value)
    return before != (row.short_answer, row.body)


def revise(
    summary: Summary, *, by: User, text: Text, against: int, reason: str = ""
) -> Summary:
    """Save a text that was typed against a revision.

    A text that is the same word for word writes nothing. Where the row has moved on, or
    takes no text now, the text typed is kept as a LostText and Conflict is raised.
    """
    fields = text.settled()
    with transaction.atomic():
        row = lock(summary)
        roles.require(by, "revise")
        if all(getattr(row, field) == value for field, value in fields.items()):
            return row
        why = rules.why_not("revise", row, by) or _saved_since(row, against)
        if not why:
            wrote = _put(row, fields)
            write(row, "revise", by=by, reason=reason, wrote_text=wrote)
            return row
        lost = _keep(row, by=by, against_revision=against, **fields)
    raise Conflict(f"{why} {KEPT}", lost, row)


def _keep(row: Summary, **typed: Any) -> LostText:
    """Keep a text that lost; one that is sent twice, and still waits, is kept once."""
    same = settling.with_settlement(row.lost_texts.filter(**typed))
    if there := same.filter(settled_in=None).first():
        return there
    lost = LostText.objects.create(summary=row, at=clock.now(), **typed)
    log.enter("text_kept", by=typed["by"], about=row, row=lost)
    return lost


def _saved_since(row: Summary, against: int, then: str = "merge the two") -> str:
    if row.revision == against:
        return ""
    newest = row.history.select_related("history_user").first()
    when = clock.local(newest.history_date)
    return (
        f"{newest.history_user.printed_name} saved at {when:%H:%M}, "
        f"after you opened this text: {then}."
    )


def leave_out(text: LostText, *, by: User, against: int, reason: str) -> Summary:
    """Record that nothing of a kept text is needed; the text itself is kept.

    The revision has the words that stand. Who decided so counts as their writer.
    """
    need(reason, "Say why nothing of the kept text is needed.")
    said = settling.leaving_out(text, reason.strip())
    with moving(text.summary, "revise", by=by, reason=said) as row:
        found = settling.with_settlement(row.lost_texts.all()).get(pk=text.pk)
        if found.settled_in:
            raise MoveRefused(f"Revision {found.settled_in} settled this text already.")
        if why := _saved_since(row, against, "look at it again, then say so"):
            raise MoveRefused(why)
    return row


def restore(
    summary: Summary, *, by: User, revision: int, against: int, reason: str = ""
) -> Summary:
    """Write the text of an old revision again, as a new one.

    In the place of the revision that was seen: a save made since is not covered.
    """
    with transaction.atomic():
        row = lock(summary)
        roles.require(by, "restore")
        if why := rules.why_not("restore", row, by) or moved_on(row, against):
            raise MoveRefused(why)
        old = row.history.filter(revision=revision).first()
        if not old:
            raise MoveRefused(f"There is no revision {revision}.")
        fields = {"short_answer": old.short_answer, "body": old.body}
        if not _put(row, fields):
            raise MoveRefused(f"Revision {revision} has the words that stand now.")
        reason = reason or f"Restored revision {revision}."
        write(row, "restore", by=by, reason=reason, wrote_text=True)
        return row


def set_aside(
    summary: Summary, *, by: User, reason: str, seen: int | None = None
) -> Summary:
    """Take a draft never signed out of the lists; `start` takes it up again."""
    need(reason, "Say why the draft is set aside.")
    with moving(summary, "set_aside", by=by, reason=reason, seen=seen) as row:
        row.set_aside = True
    return row
