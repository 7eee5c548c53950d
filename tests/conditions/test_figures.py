from datetime import UTC, datetime

import pytest
import time_machine

from conditions import browsing
from editorial import clock, publishing, workflow
from tests import builders
from tests.builders import BODY, Desk, tamper
from tests.readers import parse

SIGNED = datetime(2026, 5, 8, 12, tzinfo=UTC)  # to be reviewed by 4 March 2027
NAMES = {
    "Live pages": "live",
    "Medical reviewers": "reviewers",
    "Signed in the last 12 months": "within a year",
    "Median age of the signatures": "age",
    "Reviews overdue": "overdue",
    "Editions": "editions",
    "Corrections": "corrections",
    "Pages withdrawn": "withdrawn",
}


@pytest.fixture
def desk(db):
    return Desk()


def shown(visit, now=SIGNED):
    """The figures that a reader sees on a day, by short names."""
    with time_machine.travel(now, tick=False):
        page = parse(visit("/about/review-process/"))
    rows = page.one("table", class_="figures").one("tbody").all("tr")
    said = {row.one("th").children[0].strip(): row.one("td").words for row in rows}
    return {NAMES[name]: figure for name, figure in said.items()}


def signed(desk, moment=SIGNED, **said):
    with clock.moved_to(moment):
        return desk.sign(desk.in_review(), **said)


def ask(desk, slug):
    desk.question = builders.make_question(
        desk.editor, slug=slug, pattern=f"{slug} of {{condition}}?"
    )


def test_a_site_without_a_page_has_figures_too(db, visit):
    assert shown(visit) == dict.fromkeys(NAMES.values(), "0") | {"age": "None yet"}


def test_figures_tell_the_day_that_they_are_of(db, visit):
    with time_machine.travel(SIGNED, tick=False):
        heading = parse(visit("/about/review-process/")).one(id="figures")

    assert heading.words == "Figures on 8 May 2026"
    assert heading.one("time").attrs["datetime"] == "2026-05-08"


def test_a_live_page_is_counted_with_its_reviewer(desk, visit):
    signed(desk)

    assert shown(visit) == {
        "live": "1",
        "reviewers": "1",
        "within a year": "1",
        "age": "0 days",
        "overdue": "0",
        "editions": "1",
        "corrections": "0",
        "withdrawn": "0",
    }


@pytest.mark.parametrize(
    ("now", "overdue"), [((2027, 3, 4), "0"), ((2027, 3, 5), "1")], ids=str
)
def test_a_review_is_overdue_from_the_day_after_it_was_due(desk, visit, now, overdue):
    signed(desk)

    assert shown(visit, datetime(*now, 1, tzinfo=UTC))["overdue"] == overdue


@pytest.mark.parametrize(
    ("now", "within"), [((2027, 5, 7), "1"), ((2027, 5, 8), "0")], ids=str
)
def test_a_signature_is_recent_for_12_months(desk, visit, now, within):
    signed(desk)

    assert shown(visit, datetime(*now, 1, tzinfo=UTC))["within a year"] == within


def test_the_age_is_the_median_in_days(desk, visit):
    for slug, day in (("a", 1), ("b", 3), ("c", 30)):
        ask(desk, slug)
        signed(desk, datetime(2026, 4, day, 12, tzinfo=UTC))

    may = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert shown(visit, may)["age"] == "28 days"


def test_a_correction_is_counted_and_stays_counted(desk, visit):
    summary = signed(desk)
    with clock.moved_to(datetime(2026, 5, 9, 12, tzinfo=UTC)):
        summary = workflow.start_revision(summary, by=desk.writer)
        summary = desk.revise(summary, f"{BODY}\n- splints")
        summary = workflow.submit_for_review(summary, by=desk.writer)
        summary = desk.sign(summary, change_type="correction")
        desk.new_edition(summary, f"{BODY}\n- braces")

    figures = shown(visit, datetime(2026, 5, 10, tzinfo=UTC))

    assert (figures["editions"], figures["corrections"]) == ("3", "1")
    assert (figures["live"], figures["age"]) == ("1", "1 day")


def test_records_are_read_one_after_the_other_and_not_all_at_once(desk, monkeypatch):
    for slug in "abc":
        ask(desk, slug)
        signed(desk)
    read = []
    monkeypatch.setattr(browsing, "record_or_none", lambda one: read.append(one) or {1})

    assert next(browsing.public_records()) == (True, {1})
    assert len(read) == 1


def test_a_withdrawn_page_is_counted_as_one(desk, visit):
    publishing.withdraw(
        signed(desk), by=desk.editor, reason="A doubt.", note="We check."
    )

    found = shown(visit)

    assert (found["live"], found["withdrawn"], found["editions"]) == ("0", "1", "1")


def test_an_altered_record_is_in_no_figure(desk, visit):
    signed(desk)
    tamper("UPDATE conditions_edition SET record = replace(record, 'Ines', 'Eve')")

    assert shown(visit)["live"] == shown(visit)["editions"] == "0"


def test_no_29_february_is_in_the_way_of_a_year(desk, visit):
    signed(desk, datetime(2024, 2, 29, 12, tzinfo=UTC))

    assert shown(visit, datetime(2025, 2, 28, 12, tzinfo=UTC))["within a year"] == "1"
    assert shown(visit, datetime(2025, 3, 1, 12, tzinfo=UTC))["within a year"] == "0"
