"""A day that comes is told once a week to who can do something, or to the editors."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from post_office.models import Email

from editorial import clock, mail, publishing, reminders, rounds, workflow
from editorial.models import Kind, Mail
from editorial.states import Role
from tests.builders import Desk, make_editor, make_question, make_report, page

pytestmark = pytest.mark.django_db
DIGEST = "digest"
NOON, MIDWEEK = time(12), 3


def midweek():
    """The next Wednesday: nothing can be signed in the future, so that is now."""
    today = clock.today()
    return today + timedelta(days=(MIDWEEK - today.isoweekday() - 1) % 7 + 1)


def on(days, at=NOON):
    """So many days after that Wednesday."""
    day = midweek() + timedelta(days=days)
    return time_machine.travel(datetime.combine(day, at, UTC), tick=True)


def sign(desk, *, due=10):
    """Sign what is due so many days after that Wednesday."""
    days = (midweek() - clock.today()).days + due
    return desk.sign(desk.in_review(), days=days)


@pytest.fixture
def desk():
    return Desk()


def told(days=0, *, at=NOON, but=(DIGEST,)):
    """What is mailed on that day: (kind, username) of each, in order."""
    before = set(Mail.objects.values_list("pk", flat=True))
    with on(days, at):
        list(reminders.remind())
    rows = Mail.objects.exclude(pk__in=before).exclude(kind__in=but)
    return sorted(rows.values_list("kind", "to__username"))


def test_who_signed_a_page_is_told_when_it_comes_due(desk):
    sign(desk, due=60)

    assert told(29) == []
    assert told(30) == [("due", "ines")]
    email = Mail.objects.get(kind="due").email
    assert email.subject == "1 page soon due for review at Rare answers"
    assert "/admin/editorial/summary/?due=30&signer=%3Ame" in email.message


def test_it_is_told_once_a_week(desk):
    sign(desk)

    assert told() == [("due", "ines")]
    assert told(1) == told(4) == []
    assert told(5) == [("due", "ines")]


def test_a_day_has_its_reminders_once(desk):
    assert told() == []
    sign(desk)

    assert told() == []


def test_a_worker_that_forgot_that_it_was_done_tells_nobody_twice(desk):
    sign(desk)
    told()
    rounds.came_to(rounds.held(reminders.JOB), 0)

    assert told() == []


def test_nothing_is_told_before_the_morning(desk):
    sign(desk)

    assert told(at=time(5, 59)) == []
    assert told(at=time(6, 0)) == [("due", "ines")]


def test_an_overdue_page_goes_to_the_editors_too_after_a_fortnight(desk):
    sign(desk)

    assert told(11) == [("overdue", "ines")]
    assert told(25) == [("overdue", "ines"), ("overdue", "maren")]


def test_a_page_whose_reviewer_has_gone_goes_to_the_editors_at_once(desk):
    sign(desk)
    desk.reviewer.groups.clear()

    assert told() == [("due", "maren")]
    assert told(11) == [("overdue", "maren")]


def test_a_page_that_is_worked_on_is_not_told(desk):
    workflow.recheck(sign(desk), by=desk.reviewer, reason="It is due.")

    assert told() == []


def test_a_withdrawn_page_is_not_told(desk):
    summary = sign(desk)
    publishing.withdraw(summary, by=desk.editor, reason="Wrong.", note="We check it.")

    assert told() == []


def test_an_editor_who_reviews_too_is_told_of_both(desk):
    sign(desk)
    desk.reviewer.groups.add(Group.objects.get(name=Role.EDITOR.value))

    assert told(25) == [("overdue", "ines"), ("overdue", "ines"), ("overdue", "maren")]


@pytest.fixture
def wanted(desk):
    """A text in review, wanted by that Wednesday of a reviewer."""
    return workflow.assign(
        desk.in_review(), by=desk.editor, reviewer=desk.reviewer, wanted_by=midweek()
    )


def test_a_review_that_is_late_is_told_to_who_was_asked(wanted):
    assert told() == []
    assert told(1) == [("late", "ines")]


def test_a_review_that_is_long_late_is_told_to_the_editors_too(wanted):
    assert told(20) == [("late", "ines"), ("late", "maren")]


def test_a_late_review_of_somebody_who_has_gone_is_told_to_the_editors(desk, wanted):
    desk.reviewer.groups.clear()

    assert told(1) == [("late", "maren")]


# The digest


def digests(days=0):
    return [(kind, who) for kind, who in told(days, but=()) if kind == DIGEST]


def test_the_digest_counts_what_waits_and_leads_to_the_desk(desk):
    make_editor("sam", "Sam Okoro").groups.clear()
    live = desk.live()
    make_report(page(live).live_edition)
    workflow.request_changes(
        workflow.recheck(live, by=desk.editor, reason="It is due."),
        by=desk.reviewer,
        reasons=["unclear"],
        note="Cite it.",
    )

    assert digests() == [(DIGEST, "ines"), (DIGEST, "maren"), (DIGEST, "tomas")]
    said = {one.to.username: one.email.message for one in Mail.objects.all()}
    assert "- 1 sent back to you\n" in said["tomas"]
    assert "- 1 readers’ reports\n" in said["maren"]
    assert said["tomas"].count("http") == 1


def test_who_has_nothing_waiting_gets_none(desk):
    assert digests() == []


def test_it_comes_each_week_each_day_or_never_as_one_wants(desk):
    desk.in_review()
    mail.choose(desk.editor, without=[], digest="daily")
    mail.choose(desk.writer, without=[], digest="never")

    assert digests() == [(DIGEST, "ines"), (DIGEST, "maren")]
    assert digests(1) == [(DIGEST, "maren")]
    assert digests(5) == [(DIGEST, "ines"), (DIGEST, "maren")]


def test_reminders_can_be_done_without(desk):
    sign(desk)
    mail.choose(desk.reviewer, without=[Kind.DUE], digest="never")

    assert told() == []


def test_no_reminder_says_what_a_page_is_about(desk):
    sign(desk)
    told(but=())

    for one in Email.objects.all():
        said = f"{one.subject}\n{one.message}".lower()
        for secret in ("osseous", "poh", "research", "gnas"):
            assert secret not in said
        assert one.message.count("http") == 1


def test_days_are_counted_in_as_many_queries_for_four_pages_as_for_one(desk):
    counts = []
    for number in range(4):
        pattern = f"What {number} is {{condition}}?"
        desk.question = make_question(desk.editor, slug=f"q{number}", pattern=pattern)
        sign(desk)
        counts.append(queries_of_a_day())

    # The first made the row that says how far the job came.
    assert counts[1] == counts[3]


def queries_of_a_day():
    with CaptureQueriesContext(connection) as queries:
        assert told() == [("due", "ines")]
    Mail.objects.all().delete()
    rounds.came_to(rounds.held(reminders.JOB), 0)
    return len(queries)
