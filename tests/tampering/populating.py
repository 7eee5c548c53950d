"""A newsroom that has seen something of everything, made by the real verbs."""

from contextlib import contextmanager, suppress

from django.db import connection, transaction

from conditions.models import Edition
from editorial import (
    accounts,
    catalogue,
    commenting,
    guards,
    log,
    publishing,
    triage,
    writing,
)
from editorial.models import Decision, User
from editorial.rules import MoveRefused
from editorial.states import Role
from tests.builders import (
    Desk,
    fresh,
    make_condition,
    make_question,
    make_report,
    make_reviewer,
    settle,
    sign,
)
from tests.saying import say


@contextmanager
def unguarded_desk():
    """A newsroom without guards; each test does what it does within a savepoint."""
    with transaction.atomic():
        desk = Desk()
        take_the_guards_away()
        yield desk
        transaction.set_rollback(True)


def populate():
    """Write editions, withdrawals, two signatures, reasons, lost texts, edits."""
    desk = Desk()
    second = make_reviewer("noor", "Noor Aziz")
    _page_with_a_past(desk)
    other = make_condition(desk.editor, slug="other", name="other disorder")
    _draft_with_a_lost_text(desk, other)
    careful = make_question(
        desk.editor,
        slug="treatment",
        pattern="How is {condition} treated?",
        signatures_required=2,
    )
    desk.question = careful
    desk.sign(desk.sign(desk.reasoned()), by=second)
    desk.condition = other
    desk.sign(desk.in_review())
    other.community_name = "The Other Society"
    catalogue.save(other, by=desk.editor)
    _account_with_a_past()
    _report_that_was_decided_on(desk)
    log.enter("looked_at", by=desk.editor)
    return desk


def _report_that_was_decided_on(desk):
    report = make_report(Edition.objects.order_by("pk").first())
    said = {"decision": Decision.NOT_AN_ERROR, "reason": "It is right."}
    triage.decide(report, by=desk.editor, **said)


def _account_with_a_past():
    """Somebody became an editor, and left."""
    root = User.objects.get(username="people")
    gone = accounts.make(
        username="gone",
        first_name="Gisa",
        last_name="Gone",
        email="gone@example.org",
        roles=[Role.WRITER],
        by=root,
    )
    same = {"first_name": "Gisa", "last_name": "Gone", "email": gone.email}
    accounts.change(gone, **same, roles=[Role.EDITOR], by=root)
    accounts.set_active(gone, False, by=root)


def _page_with_a_past(desk):
    summary = desk.withdrawn()
    publishing.reinstate(summary, by=desk.editor, reason="All is well.")
    desk.new_edition(fresh(summary), "Newer words [@pmid:11784876].")


def _draft_with_a_lost_text(desk, condition):
    desk.condition, kept = condition, desk.condition
    summary = desk.draft()
    desk.revise(summary, "Newer words.")
    with suppress(writing.Conflict):
        late = desk.text("Late words.")
        writing.revise(summary, by=desk.editor, text=late, against=1)
    with suppress(MoveRefused):
        sign(summary, by=desk.reviewer)
    with suppress(MoveRefused):
        sign(summary, by=desk.reviewer, password="a guess")
    remark = say(summary, by=desk.reviewer, quote="words", blocking=True)
    commenting.answer(remark, by=desk.writer, words="Yes.")
    commenting.resolve(remark, by=desk.reviewer)
    desk.condition = kept


def take_the_guards_away():
    """Do as an owner of the database may; keys are asked for at the end alone."""
    with connection.cursor() as cursor:
        settle(cursor)
        guards.drop()
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
