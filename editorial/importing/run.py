"""Brings drafts in: a plan that only reads, then the same verbs as a person's."""

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils.formats import date_format

from conditions.models import Condition, Question, Source
from editorial import catalogue, clock, roles, writing
from editorial.catalogue import Entry
from editorial.importing import entries, files, matching
from editorial.importing.draft import PREFIX, Asked, Draft, Given, ImportProblem
from editorial.models import Summary, User
from editorial.rules import MoveRefused
from editorial.states import MOVES
from editorial.writing import Text


class Kind(StrEnum):
    START = "start"
    REVISE = "revise"
    UNCHANGED = "unchanged"
    LEFT_ALONE = "left alone"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What one file did or, in a dry run, would do; `why` is a sentence or empty.

    `summary` is the fresh row; None for a refusal and before a first import.
    """

    kind: Kind
    why: str = ""
    address: str = ""
    summary: Summary | None = None


@dataclass(frozen=True)
class _Plan:
    """What a draft would do. `text` is None where its words stand already."""

    outcome: Outcome
    condition: Condition
    question: Question
    changed: list[Entry]
    text: Text | None


@dataclass
class Run:
    """One import of many files; remembers only which answers were given already."""

    by: User
    dry_run: bool = False
    given: dict[str, str] = field(default_factory=dict)

    def take(self, path: Path) -> Outcome:
        """Read one file and bring it in, in a transaction of its own."""
        try:
            draft = files.read(path)
        except ImportProblem as problem:
            return Outcome(Kind.REFUSED, str(problem))
        outcome = self.bring_in(draft)
        if outcome.kind != Kind.REFUSED:
            self.given[outcome.address] = files.shown(str(path))
        return outcome

    def bring_in(self, draft: Draft) -> Outcome:
        """Do what the plan says, or say why not; a refusal leaves nothing behind."""
        try:
            if self.dry_run:
                return self._plan(draft).outcome
            with transaction.atomic():
                return _apply(self._plan(draft), draft.reason, by=self.by)
        except (MoveRefused, ImportProblem, PermissionDenied) as refusal:
            return Outcome(Kind.REFUSED, str(refusal))
        except ValidationError as error:
            return Outcome(Kind.REFUSED, entries.sentence(error))
        except DatabaseError as error:
            return Outcome(Kind.REFUSED, f"The database did not take it: {error}.")

    def _plan(self, draft: Draft) -> _Plan:
        roles.require(self.by, "start")
        subject = draft.subject
        named = matching.named(subject) if isinstance(subject, Asked) else subject
        if not self.dry_run:
            entries.hold(named, draft.sources)
        condition = entries.find(Condition, named.condition)
        question = entries.find(Question, named.question)
        address = f"{condition.slug}/{question.slug}"
        if earlier := self.given.get(address):
            raise ImportProblem(f"{earlier} gives {address} too; keep one of the two.")
        summary = self._standing(condition, question)
        if summary and (why := _closed(summary)):
            left = Outcome(Kind.LEFT_ALONE, why, address, summary)
            return _Plan(left, condition, question, [], None)
        found: list[tuple[Entry, Given]] = [
            (condition, named.condition),
            (question, named.question),
        ]
        found += [(entries.find(Source, given), given) for given in draft.sources]
        changed = entries.changes(found, self.by)
        text = _new_text(summary, draft)
        outcome = _outcome(summary, address, changed, text)
        return _Plan(outcome, condition, question, changed, text)

    def _standing(self, condition: Condition, question: Question) -> Summary | None:
        if not (condition.pk and question.pk):
            return None
        rows = Summary.objects.filter(condition=condition, question=question)
        return rows.first()


def bring_in(draft: Draft, *, by: User, dry_run: bool = False) -> Outcome:
    """Bring one draft in; the outcome says what was done, or why it was refused."""
    return Run(by, dry_run).bring_in(draft)


def _apply(plan: _Plan, reason: str, *, by: User) -> Outcome:
    summary = plan.outcome.summary
    if plan.outcome.kind not in (Kind.START, Kind.REVISE):
        return plan.outcome
    for entry in plan.changed:
        catalogue.save(entry, by=by, reason=reason)
    if not summary:
        summary = writing.start(
            plan.condition, plan.question, by=by, text=plan.text, reason=reason
        )
    elif plan.text:
        summary = writing.revise(
            summary, by=by, text=plan.text, against=summary.revision, reason=reason
        )
    return replace(plan.outcome, summary=summary)


def _new_text(summary: Summary | None, draft: Draft) -> Text | None:
    """Return the text to be written; None where the summary has it word for word.

    What the file does not say stays as the summary has it.
    """
    stands = {f.name: getattr(summary, f.name) for f in fields(Text)} if summary else {}
    text = Text(**{"short_answer": "", **stands, **draft.text})
    same = text.settled() == stands  # refuses in a dry run what the verb would refuse
    return None if summary and same else text


def _outcome(
    summary: Summary | None, address: str, changed: list[Entry], text: Text | None
) -> Outcome:
    if not summary:
        return Outcome(Kind.START, entries.told(changed), address)
    if not (changed or text):
        return Outcome(Kind.UNCHANGED, "", address, summary)
    if why := _edited_since(summary):
        return Outcome(Kind.LEFT_ALONE, why, address, summary)
    return Outcome(Kind.REVISE, entries.told(changed), address, summary)


def _closed(summary: Summary) -> str:
    """Return why a file changes nothing here, whatever it says; "" where it may."""
    if summary.set_aside:
        return "It is set aside: start it again first."
    if summary.status not in MOVES["revise"].origins:
        return f"It is {summary.get_status_display().lower()}."
    return ""


def _edited_since(summary: Summary) -> str:
    """Return whose words an import would overwrite, or "" where they are imported."""
    rows = summary.history.filter(move__in=("start", "revise", "restore"))
    newest = rows.select_related("history_user").first()
    if (newest.history_change_reason or "").startswith(PREFIX):
        return ""
    when = date_format(clock.local(newest.history_date))
    return f"Edited since by {newest.history_user.printed_name} on {when}."
