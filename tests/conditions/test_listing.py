from datetime import UTC, datetime

import pytest

from conditions.models import Reviewer
from editorial import clock
from tests import builders
from tests.builders import SHORT, Desk, record
from tests.readers import HUB, PAGE, parse


@pytest.fixture
def desk(db):
    return Desk()


def ask(desk, slug, **fields):
    """A live answer to one more question."""
    fields = {"pattern": f"{slug} of {{condition}}?", **fields}
    desk.question = builders.make_question(desk.editor, slug=slug, **fields)
    return desk.live()


def links(page):
    return [h3.one("a").attrs["href"] for h3 in page.all("h3")]


def test_home_shows_the_six_signed_last_the_newest_first(desk, visit):
    for number in range(7):
        ask(desk, f"q{number}")

    assert links(parse(visit("/"))) == [f"{HUB}q{n}/" for n in range(6, 0, -1)]


def test_a_hub_begins_with_its_first_question_and_that_short_answer(desk, visit):
    desk.live()
    ask(desk, "what-is-it", order=1)

    opening = parse(visit(HUB)).one("section", class_="short")

    assert opening.one("h2").words == "Begin here"
    assert links(opening) == [f"{HUB}what-is-it/"]
    assert opening.all("p")[0].words == SHORT.replace("*", "")
    assert opening.one(class_="stamp").words.startswith("Medically reviewed summary ·")
    assert opening.one(class_="on").one("a").attrs["href"] == f"{HUB}what-is-it/"


def test_a_hub_gives_one_short_answer_however_many_pages(desk, visit):
    desk.live()
    ask(desk, "cause")
    ask(desk, "outlook")

    text = parse(visit(HUB)).one("main").text

    assert text.count("No medicine has been shown to stop it") == 1


def test_a_hub_groups_by_what_is_frozen_each_group_in_the_questions_order(desk, visit):
    desk.live()
    for slug, order, searched in (
        ("outlook", 60, False),
        ("treatment", 40, True),
        ("cause", 20, False),
        ("what-is-it", 10, False),
    ):
        ask(desk, slug, order=order, offers_trial_search=searched)
    desk.question.offers_trial_search = True  # signed without: it moves no page
    record(desk.question, desk.editor)

    groups = parse(visit(HUB)).one(class_="answer").all("section")[1:]

    assert {group.one("h2").words: links(group) for group in groups} == {
        "Understand the condition": [f"{HUB}cause/", f"{HUB}outlook/"],
        "Treatment and research": [f"{HUB}treatment/", PAGE],
    }


def test_a_hub_of_one_page_is_its_opening_alone(desk, visit):
    desk.live()

    hub = parse(visit(HUB))

    assert links(hub) == [PAGE]
    assert "1 question answered, each answer signed" in hub.words
    assert hub.all("ul", class_="entries") == []


def test_a_hub_of_a_condition_without_codes_has_no_empty_box(desk, visit):
    desk.condition.genes, desk.condition.identifiers = [], []
    record(desk.condition, desk.editor)
    desk.live()

    assert parse(visit(HUB)).all(aria_labelledby="codes") == []


def test_a_reviewers_page_shows_the_current_byline(desk, visit):
    byline = Reviewer.objects.get()
    byline.registration_body, byline.registration_number = "GMC", "7654321"
    record(byline, desk.editor)
    desk.live()

    page = parse(visit("/reviewers/ines/"))

    assert page.one("h1").words == "Dr Ines Falk, MD"
    assert page.one(class_="lead").words == (
        "Consultant in medical genetics, Example Hospital"
    )
    facts = page.one("dl", class_="facts")
    assert [dd.words for dd in facts.all("dd")] == [
        "GMC 7654321",
        "0000-0002-1825-0097",
    ]
    orcid = facts.one("a").attrs["href"]
    assert orcid == "https://orcid.org/0000-0002-1825-0097"


def test_a_byline_without_codes_has_no_empty_list(desk, visit):
    byline = Reviewer.objects.get()
    byline.orcid = ""
    record(byline, desk.editor)
    desk.live()

    assert parse(visit("/reviewers/ines/")).all("dl") == []


def test_a_reviewers_page_lists_what_they_signed_the_newest_first(desk, visit):
    desk.live()
    ask(desk, "cause")

    page = parse(visit("/reviewers/ines/"))

    assert links(page) == [f"{HUB}cause/", PAGE]
    assert "2 pages are live, the newest first." in page.words
    assert page.all("time")[0].attrs["datetime"]


def test_a_first_signature_is_shown_with_its_own_day(db, visit):
    desk = Desk(signatures=2)
    second = builders.make_reviewer("jon", "Jon Berg")
    with clock.moved_to(datetime(2026, 5, 8, 12, tzinfo=UTC)):
        summary = desk.sign(desk.in_review())
    with clock.moved_to(datetime(2026, 5, 9, 12, tzinfo=UTC)):
        desk.sign(summary, by=second)

    stamps = {
        who: parse(visit(f"/reviewers/{who}/")).one(class_="stamp").words
        for who in ("ines", "jon")
    }

    assert stamps == {
        "ines": "Signed: 8 May 2026 · Last updated: 9 May 2026",
        "jon": "Signed: 9 May 2026",
    }
