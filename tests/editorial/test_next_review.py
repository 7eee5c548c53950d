"""When a page is reviewed next: the last day, the day offered, and what is frozen."""

from datetime import UTC, date, datetime, timedelta

import pytest

from conditions.models import Edition
from editorial import clock, next_review, workflow
from editorial.checks.ageing import Lapse, first_lapse
from editorial.checks.ruleset import rules
from editorial.models import SignOff, Summary
from editorial.next_review import Limit
from editorial.rules import MoveRefused
from tests.builders import Desk, make_condition, sign
from tests.editorial.checks.building import text

TRIAL = "As of {day}, the trial is recruiting [@gard-poh]."


@pytest.fixture
def desk(db):
    return Desk()


def lapse(body):
    return first_lapse(text(body=body), rules()["P10"])


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("FOP can make it hard to move.", None),
        ("In 2019 there was no trial.", None),
        ("As of 1 November 2026, there is no cure.", date(2027, 5, 1)),
        ("As of 1 November 2026, the trial is recruiting.", date(2027, 2, 1)),
        ("As of November 2026, 900 people worldwide have it.", date(2027, 2, 28)),
        ("As of 21 August 2026, the trial is recruiting.", date(2026, 11, 21)),
        ("As of 20 August 2026, the trial is recruiting.", None),
        (
            "As of 1 November 2026, there is no cure. As of 2 October 2026, the trial "
            "is recruiting.",
            date(2027, 1, 2),
        ),
    ],
)
def test_the_first_statement_to_lapse_is_found(body, day):
    found = lapse(body)

    assert (found and found.on) == day


def test_the_first_lapse_quotes_its_sentence():
    body = "As of 1 November 2026, there is no cure. No trial is open."

    assert lapse(body).words == "As of 1 November 2026, there is no cure."


def months_ago(days):
    """Return a day whose trial's status lapses in so many days."""
    lapses = clock.today() + timedelta(days)
    return clock.months_after(lapses, -3).isoformat()


def test_a_day_after_the_first_lapse_is_refused_by_its_sentence(desk):
    body = TRIAL.format(day=months_ago(50))
    summary = desk.in_review(body=body)
    last = next_review.limit(summary).on

    with pytest.raises(MoveRefused) as refusal:
        sign(summary, by=desk.reviewer, days=(last - clock.today()).days + 1)

    assert f"{last.day} {last:%B %Y}, when this must be checked: “As of" in str(
        refusal.value
    )
    assert "the trial is recruiting" in str(refusal.value)
    assert not SignOff.objects.exists()


def test_the_day_of_the_first_lapse_is_signed_and_kept(desk):
    summary = desk.in_review(body=TRIAL.format(day=months_ago(50)))
    last = next_review.limit(summary).on

    sign(summary, by=desk.reviewer, days=(last - clock.today()).days)

    (signature,) = SignOff.objects.all()
    assert (signature.review_due_on, signature.lapses_on) == (last, last)
    record = Edition.objects.get().read_record()
    assert record["review_due_on"] == last.isoformat()


def test_a_text_without_such_a_statement_keeps_no_lapse(desk):
    sign(desk.in_review(), by=desk.reviewer)

    assert SignOff.objects.get().lapses_on is None


def test_nothing_is_signed_on_the_day_of_a_lapse():
    today = clock.today()

    why = Limit(today, 12, Lapse(today, "The trial is recruiting.")).why_not(
        today + timedelta(1)
    )

    assert why.startswith("Nothing can be signed on ")
    assert "“The trial is recruiting.”" in why
    assert why.endswith("so that a writer checks it and writes the new date.")


@pytest.mark.parametrize(
    ("day", "months", "latest"),
    [
        (date(2026, 11, 20), 12, date(2027, 11, 20)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 36, date(2029, 12, 31)),
    ],
)
def test_the_interval_is_counted_in_calendar_months(desk, day, months, latest):
    summary = desk.draft()
    summary.question.review_interval_months = months
    with clock.moved_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        assert next_review.limit(summary).on == latest


def drafts(desk, count):
    for number in range(count):
        name = f"c{number}"
        desk.condition = make_condition(
            desk.editor, slug=name, name=name, abbreviation=""
        )
        yield desk.in_review()


def test_what_is_signed_on_one_day_falls_due_on_many(desk):
    days = []
    for summary in drafts(desk, 6):
        day = next_review.offered(summary, next_review.limit(summary))
        sign(summary, by=desk.reviewer, days=(day - clock.today()).days)
        days.append(day)

    last = next_review.limit(summary).on
    assert len(set(days)) == 6
    assert all(last - timedelta(30) <= day <= last for day in days)


def test_what_is_opened_at_once_is_offered_different_days(desk):
    found = [
        next_review.offered(one, next_review.limit(one)) for one in drafts(desk, 3)
    ]

    assert len(set(found)) == 3


def test_a_day_that_is_taken_is_left_to_who_took_it(desk):
    taken, free = drafts(desk, 2)
    day = next_review.offered(free, next_review.limit(free))

    sign(taken, by=desk.reviewer, days=(day - clock.today()).days)

    again = next_review.offered(free, next_review.limit(free))
    assert again != day


def test_a_day_given_up_by_a_newer_signature_is_free_again(desk):
    first, second = drafts(desk, 2)
    day = next_review.offered(second, next_review.limit(second))
    days = (day - clock.today()).days
    sign(first, by=desk.reviewer, days=days)

    again = workflow.recheck(first, by=desk.reviewer)
    sign(again, by=desk.reviewer, days=days - 100, change_type="")

    assert next_review.offered(second, next_review.limit(second)) == day


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "most"), [(8, 2), (3, 0), (120, 30), (700, 30)])
def test_a_review_is_brought_forward_by_a_quarter_or_a_month_at_most(days, most):
    last = clock.today() + timedelta(days)

    offered = {
        next_review.offered(Summary(pk=pk), Limit(last, 12, None)) for pk in range(99)
    }

    assert (min(offered), max(offered)) == (last - timedelta(most), last)


@pytest.mark.parametrize("count", [1, 4])
def test_a_day_is_offered_by_one_query(desk, django_assert_num_queries, count):
    for summary in drafts(desk, count):
        sign(summary, by=desk.reviewer, days=350)
    last = next_review.limit(summary)

    with django_assert_num_queries(1):
        next_review.offered(summary, last)
