"""The reports: what is counted, under which month, and from what is kept alone."""

from datetime import date, timedelta

import pytest

from editorial import clock, publishing, reporting, workflow
from editorial.rules import MoveRefused
from tests.builders import Desk, fresh, make_condition, make_reviewer, sign

pytestmark = pytest.mark.django_db


def ago(days):
    """Let what follows happen so many days ago; one month is told from the next."""
    return clock.moved_to(clock.now() - timedelta(days=days))


def month(days):
    return (clock.today() - timedelta(days=days)).replace(day=1)


def counted(report):
    """Return the cells of the months in which anything is counted, by month."""
    return {line.month: line.cells for line in report().lines if any(line.cells)}


@pytest.fixture
def desk():
    with ago(200):
        return Desk()


def another(desk, name):
    desk.condition = make_condition(desk.editor, slug=name, name=name, abbreviation="")


def in_review(desk, days, name=""):
    with ago(days):
        if name:
            another(desk, name)
        return desk.in_review()


def decide(desk, summary, days, *, due=300):
    with ago(days):
        sign(summary, by=desk.reviewer, days=due)


def test_the_last_twelve_months_are_told_this_one_last():
    with clock.moved_to(clock.now().replace(year=2026, month=2, day=28)):
        months = [line.month for line in reporting.refused().lines]

    assert (len(months), months[0], months[-1]) == (
        12,
        date(2025, 3, 1),
        date(2026, 2, 1),
    )


def test_time_in_review_is_the_median_and_the_range(desk):
    for name, taken in (("a", 1), ("b", 2), ("c", 6)):
        decide(desk, in_review(desk, 100 + taken, name), 100)

    assert counted(reporting.time_in_review) == {month(100): (3, 2.0, 1.0, 6.0)}


def test_a_request_for_changes_ends_a_time_in_review_and_a_recall_does_not(desk):
    summary = in_review(desk, 104)
    with ago(102):
        workflow.recall(summary, by=desk.writer, reason="A slip.")
        workflow.submit_for_review(fresh(summary), by=desk.writer)
    with ago(99):
        workflow.request_changes(
            fresh(summary), by=desk.reviewer, reasons=["wrong"], note="Cite it."
        )

    assert counted(reporting.time_in_review) == {month(99): (1, 3.0, 3.0, 3.0)}


def test_rounds_are_counted_from_edition_to_edition(desk):
    summary = in_review(desk, 103)
    with ago(102):
        workflow.request_changes(
            summary, by=desk.reviewer, reasons=["wrong"], note="Please cite it."
        )
        desk.revise(summary, "Words [@gard-poh].")
        workflow.submit_for_review(fresh(summary), by=desk.writer)
    decide(desk, summary, 101)
    with ago(40):
        workflow.recheck(fresh(summary), by=desk.reviewer)
    decide(desk, fresh(summary), 39)

    assert counted(reporting.rounds) == {
        month(101): (1, 2.0, 2),
        month(39): (1, 1.0, 1),
    }


def test_pages_are_overdue_from_the_day_after_until_they_are_signed_anew(desk):
    summary = in_review(desk, 170)
    decide(desk, summary, 170, due=40)
    with ago(20):
        workflow.recheck(fresh(summary), by=desk.reviewer)
        sign(fresh(summary), by=desk.reviewer)

    late = {line.month for line in reporting.overdue().lines if line.value}

    # The months that ended after the day on which it fell due, before the signature.
    due, again = (clock.today() - timedelta(days) for days in (130, 20))
    assert late == {
        month(days)
        for days in range(20, 160)
        if due < clock.months_after(month(days), 1) <= again
    }
    assert len(late) >= 3


def test_a_withdrawn_page_is_not_counted(desk):
    summary = in_review(desk, 170)
    decide(desk, summary, 170, due=1)
    with ago(165):
        publishing.withdraw(summary, by=desk.editor, reason="A slip.", note="We check.")

    assert reporting.overdue().lines[-1].cells == (0, 0)


def test_what_is_overdue_now_is_told_under_this_month(desk):
    decide(desk, in_review(desk, 170), 170, due=1)

    assert reporting.overdue().lines[-1].cells == (1, 1)


def test_refused_signings_are_counted_and_wrong_passwords_with_them(desk):
    summary = in_review(desk, 100)
    for said in ({"days": 0}, {"password": "a guess"}):
        with ago(99), pytest.raises(MoveRefused):
            sign(summary, by=desk.reviewer, **said)

    assert counted(reporting.refused) == {month(99): (2, 1)}


def test_a_month_is_that_of_the_site(desk, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    last = clock.now().replace(year=2026, month=10, day=31, hour=23)
    summary = in_review(desk, 190)
    with clock.moved_to(last), pytest.raises(MoveRefused):
        sign(summary, by=desk.reviewer, days=0)

    with clock.moved_to(clock.now().replace(year=2026, month=11, day=21)):
        assert counted(reporting.refused) == {date(2026, 11, 1): (1, 0)}


@pytest.mark.parametrize("count", [1, 6])
def test_the_reports_ask_as_often_for_one_page_as_for_six(
    desk, django_assert_num_queries, count
):
    for number in range(count):
        decide(desk, in_review(desk, 100, f"c{number}"), 99)
    make_reviewer("noor")

    with django_assert_num_queries(5):
        reporting.all_of_them()
