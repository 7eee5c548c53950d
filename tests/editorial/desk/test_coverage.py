"""The coverage grid: the letter of each answer, and how its empty cells begin one."""

import re
from datetime import timedelta

import pytest

from editorial import clock, workflow, writing
from editorial.desk import coverage
from tests.builders import Desk, make_condition, make_editor, make_question, sign

GRID = "/admin/coverage/"
# Session, account, roles; conditions, questions, the summaries of those shown.
QUERIES = 6


@pytest.fixture
def desk(db):
    return Desk()


def another(desk, name):
    desk.condition = make_condition(desk.editor, slug=name, name=name, abbreviation="")
    return desk.condition


def seen(client, user, **asked):
    """Return the letters of each condition, in the order of the questions."""
    client.force_login(user)
    grid = client.get(GRID, asked).context["grid"]
    return {
        one.name: "".join(
            cell.kind.letter + ("L" if cell.is_live else "") for cell in cells
        )
        for one, _, cells in grid
    }


def test_each_state_has_its_letter(client, desk, settings):
    for name in ("draft", "in_review", "changes_requested", "live", "withdrawn"):
        another(desk, name)
        getattr(desk, name)()
    another(desk, "late")
    sign(desk.in_review(), by=desk.reviewer, days=1)
    another(desk, "revised")
    workflow.start_revision(desk.live(), by=desk.writer)
    settings.PUBLISH_ON_SIGN_OFF = False
    another(desk, "signed")
    desk.reviewed()
    another(desk, "aside")
    writing.set_aside(desk.draft(), by=desk.writer, reason="Later.")

    with clock.moved_to(clock.now() + timedelta(days=2)):
        found = seen(client, desk.editor)

    found.pop("progressive osseous heteroplasia")
    assert found == {
        **{"draft": "D", "in_review": "R", "changes_requested": "C", "live": "L"},
        **{"withdrawn": "W", "late": "O", "revised": "DL", "signed": "S"},
        "aside": "+",
    }


def test_an_empty_cell_leads_to_the_form_that_starts_it_filled_in(client, desk):
    client.force_login(desk.writer)

    page = client.get(GRID).content.decode()
    (address,) = re.findall(r'href="(/admin/editorial/summary/add/[^"]+)"', page)
    form = client.get(address.replace("&amp;", "&")).context["form"]

    assert (form["condition"].value(), form["question"].value()) == (
        str(desk.condition.pk),
        str(desk.question.pk),
    )


def test_who_may_not_start_a_summary_is_led_nowhere(client, desk):
    client.force_login(desk.reviewer)

    page = client.get(GRID).content.decode()

    assert "/admin/editorial/summary/add/" not in page
    assert "An empty cell starts a draft." not in page
    assert "no summary yet</span>" in page


def test_a_cell_leads_to_its_summary_and_says_its_state_in_words(client, desk):
    summary = desk.in_review()
    client.force_login(desk.writer)

    page = client.get(GRID).content.decode()

    assert (
        f'<a class="cell warn" href="/admin/editorial/summary/{summary.pk}/change/">R'
        '<span class="visually-hidden"> in review</span></a>'
    ) in page
    assert '<th scope="row">Progressive osseous heteroplasia <span>POH</span></th>' in (
        page
    )
    assert '<th scope="col" title="What are the most promising' in page


def test_the_columns_stand_in_the_order_of_the_questions(client, desk):
    desk.draft()
    make_question(desk.editor, slug="z", pattern="First, {condition}?", order=1)

    assert seen(client, desk.editor) == {"progressive osseous heteroplasia": "+D"}


def test_a_letter_shows_its_conditions_accents_and_all(client, desk):
    for name in ("ménière disease", "meckel disease", "22q deletion"):
        another(desk, name.split()[0].replace("é", "e").replace("è", "e"))
        desk.condition.name = name
        desk.condition._history_user = desk.editor
        desk.condition.save()

    assert list(seen(client, desk.editor, letter="M")) == [
        "meckel disease",
        "ménière disease",
    ]
    assert list(seen(client, desk.editor, letter="0–9")) == ["22q deletion"]
    letters = client.get(GRID).context["letters"]
    assert letters == [("0–9", 1), ("M", 2), ("P", 1)]


@pytest.mark.parametrize("letter", ["X", "é", "<b>", "9" * 300])
def test_a_letter_without_conditions_leads_back_to_all(client, desk, letter):
    client.force_login(desk.editor)

    answer = client.get(GRID, {"letter": letter})

    assert answer.status_code == 200
    assert '<a href="?">Show all</a>' in answer.content.decode()


def test_a_long_letter_is_shown_in_pages_that_keep_it(client, desk, monkeypatch):
    monkeypatch.setattr(coverage, "A_PAGE", 2)
    for name in ("pa", "pb", "pc"):
        another(desk, name)

    assert list(seen(client, desk.editor, letter="P")) == ["pa", "pb"]
    page = client.get(GRID, {"letter": "P"}).content.decode()
    assert '<a href="?letter=P&amp;p=2" rel="next">After</a>' in page
    assert list(seen(client, desk.editor, letter="P", p="2")) == [
        "pc",
        "progressive osseous heteroplasia",
    ]
    assert list(seen(client, desk.editor, p="many")) == ["pa", "pb"]


def test_an_empty_catalogue_says_who_fills_it(client, db):
    client.force_login(make_editor())

    assert "The catalogue has no conditions yet" in client.get(GRID).content.decode()


@pytest.mark.parametrize("count", [2, 12])
def test_the_grid_asks_as_often_for_few_as_for_many(
    client, desk, django_assert_num_queries, count
):
    for number in range(count):
        make_question(
            desk.editor, slug=f"q{number}", pattern=f"Q{number}, {{condition}}?"
        )
        another(desk, f"c{number}")
        desk.in_review()
    client.force_login(desk.editor)

    with django_assert_num_queries(QUERIES):
        answer = client.get(GRID)

    assert len(answer.context["grid"]) == count + 1
