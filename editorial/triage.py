"""What becomes of a reader's report: decided once, answered if the reader asked.

The only writer of Triage. What a decision does to a text is done by the verb of that,
with its own rules, in the same transaction.
"""

from enum import Enum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from conditions import reports
from conditions.models import Report
from conditions.often import Given, Often
from editorial import clock, limits, locks, log, mail, publishing, workflow
from editorial.demands import fit, need
from editorial.manuscript import GIVEN, answer, editions
from editorial.models import Decision, SignOff, Summary, Triage, User
from editorial.roles import roles_of
from editorial.rules import MoveRefused
from editorial.states import MOVES, Role

WHO = frozenset({Role.EDITOR, Role.MEDICAL_REVIEWER})
# The verb that carries a decision out.
VERBS = {Decision.REVISION: "start_revision", Decision.WITHDRAWAL: "withdraw"}
TO_CORRECT = (Decision.NEXT_REVIEW, Decision.REVISION)
# Any number, as long as no other part of the database takes it for a lock.
LOCK = 5321_2009


class Answer(Enum):
    """What came of an answer: sent, not taken by the server, being sent, sent before.

    Sent before is also where a reader wanted none.
    """

    SENT, NOT_TAKEN, GOING, GONE = range(4)


def require(by: User) -> None:
    """Raise PermissionDenied unless the user may decide on readers' reports."""
    if not roles_of(by) & WHO:
        raise PermissionDenied(
            "Readers’ reports are for editors and medical reviewers."
        )


def open_to(by: User) -> list[Decision]:
    """Return the decisions that the user's roles can carry out."""
    held = roles_of(by)
    return [
        one for one in Decision if one not in VERBS or held & MOVES[VERBS[one]].roles
    ]


def decide(
    report: Report,
    *,
    by: User,
    decision: Decision,
    reason: str,
    note: str = "",
    answer: str = "",
) -> Triage:
    """Decide on a report, do what that means, and enter it in the log.

    `reason` is for colleagues; `note` is what readers of a withdrawn page read;
    `answer` goes to the reader, by `answer_reader`. Raises PermissionDenied,
    and MoveRefused where a rule forbids it or it was decided already.
    """
    require(by)
    need(reason, "Say why, for colleagues and for the record.")
    fit("reason", reason, limits.REASON)
    fit("answer", answer, limits.REASON)
    with transaction.atomic():
        report = locks.held_one(Report, report.pk)
        if was := of(report):
            raise MoveRefused(
                f"{was.by.printed_name} decided on it already: "
                f"{was.get_decision_display().lower()}."
            )
        if report.address:
            need(answer, "Write the answer: this reader asked for one.")
        _carry_out(decision, summary_of(report), by, reason, note)
        return _enter(report, by, decision, reason, answer)


def of(report: Report) -> Triage | None:
    """Return what was decided on a report, or None while it waits."""
    return Triage.objects.filter(report=report).select_related("by").first()


def summary_of(report: Report) -> Summary:
    """Return the working copy of the page that a report is about."""
    page = report.edition.page
    return Summary.objects.get(
        condition=page.condition_id, question=page.question_id, language=page.language
    )


def to_mind(summary: Summary) -> list[Triage]:
    """Return what readers reported that the text is to be corrected by, still unsigned.

    A signature given since then ends it: the reviewer had the report before them.
    """
    return _to_mind(summary=summary.pk, **answer(summary))


@Often
def _to_mind() -> QuerySet[Triage]:
    ids = editions(**GIVEN).order_by().values("pk")
    signed = SignOff.objects.filter(summary=Given("summary"))
    rows = Triage.objects.filter(decision__in=TO_CORRECT, report__edition__in=ids)
    rows = rows.filter(~Exists(signed.filter(signed_at__gt=OuterRef("at"))))
    return rows.select_related("report", "by").order_by("pk")


def answer_reader(decided: Triage) -> Answer:
    """Mail the answer once, and forget the address; say what came of it.

    One answer goes out at a time: of two presses the second finds it going, or gone. No
    row is held meanwhile, since a mail server may take its time; and the address is
    not put into the queue of mails, which keeps what it sent.
    """
    with locks.alone(LOCK) as alone:
        if not alone:
            return Answer.GOING
        report = Report.objects.select_related("edition__page").get(
            pk=decided.report_id
        )
        if not report.address:
            return Answer.GONE
        sent = mail.send_to_reader(
            "report_answered",
            report.address,
            words=decided.answer,
            page=mail.link(report.edition.page.address),
        )
        if not sent:
            return Answer.NOT_TAKEN
        reports.forget_address(report)
    return Answer.SENT


def _carry_out(
    decision: Decision, summary: Summary, by: User, reason: str, note: str
) -> None:
    said = f"A reader’s report: {reason}"
    if decision == Decision.REVISION:
        workflow.start_revision(summary, by=by, reason=said)
    elif decision == Decision.WITHDRAWAL:
        publishing.withdraw(summary, by=by, reason=said, note=note)


def _enter(
    report: Report, by: User, decision: Decision, reason: str, answer: str
) -> Triage:
    decided = Triage.objects.create(
        report=report,
        by=by,
        at=clock.now(),
        decision=decision,
        reason=reason,
        answer=answer,
    )
    log.enter(
        "triage",
        by=by,
        about=report,
        row=decided,
        decision=decision.value,
        address=report.edition.page.address,
        edition=report.edition.number,
    )
    return decided
