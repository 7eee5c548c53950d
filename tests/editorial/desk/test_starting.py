"""Choosing a condition and a question."""

import pytest

from editorial import writing
from tests.builders import Desk, make_condition, make_question, make_writer

pytestmark = pytest.mark.django_db
START = "/admin/editorial/summary/add/"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_writer(client, desk):
    client.force_login(desk.writer)
    return client


def chosen(desk, **more):
    return {"condition": desk.condition.pk, **more}


def test_a_question_answered_for_the_condition_is_marked(as_writer, desk):
    desk.draft()
    make_question(
        desk.editor, slug="outlook", pattern="What is ahead with {condition}?"
    )

    page = as_writer.get(START, chosen(desk)).content.decode()

    assert "research directions for …? (draft)</option>" in page
    assert "What is ahead with …?</option>" in page


def test_no_question_is_marked_before_a_condition_is_chosen(as_writer, desk):
    desk.draft()

    page = as_writer.get(START).content.decode()

    assert "(draft)" not in page
    assert 'aria-labelledby="there-title" hidden' in page


def test_answers_of_another_condition_are_not_listed(as_writer, desk):
    summary = desk.draft()
    other = make_condition(desk.editor, slug="fop", name="another", abbreviation="FOP")

    page = as_writer.get(START, {"condition": other.pk}).content.decode()

    assert f"/summary/{summary.pk}/change/" not in page


def test_what_is_there_is_linked_with_its_state(as_writer, desk):
    summary = desk.in_review()

    page = as_writer.get(START, chosen(desk)).content.decode()

    assert f'<a href="/admin/editorial/summary/{summary.pk}/change/">' in page
    assert '<span class="state warn">In review</span>' in page


def test_a_choice_that_is_there_is_said_to_be_before_it_is_sent(as_writer, desk):
    summary = desk.draft()

    page = as_writer.get(START, chosen(desk, question=desk.question.pk))

    said = page.content.decode().split("data-asked>")[1].split("</p>")[0]
    assert "has a summary" in said
    assert f"/summary/{summary.pk}/change/" in said


def test_a_choice_that_was_set_aside_may_be_taken_up(as_writer, desk):
    writing.set_aside(desk.draft(), by=desk.writer, reason="Later.")

    page = as_writer.get(START, chosen(desk, question=desk.question.pk))

    assert "“Start” takes it up again." in page.content.decode()


def test_a_refused_start_keeps_the_condition(as_writer, desk):
    page = as_writer.post(START, chosen(desk, question="")).content.decode()

    assert f'<option value="{desk.condition.pk}" selected>' in page


@pytest.mark.parametrize("odd", ["x", "9" * 30, "-1", "٣"])
def test_an_odd_choice_is_answered(as_writer, odd):
    answer = as_writer.get(START, {"condition": odd, "question": odd})

    assert answer.status_code == 200


def test_an_empty_catalogue_says_how_to_begin(client, db):
    client.force_login(make_writer())

    page = client.get(START).content.decode()

    assert "it has no condition and no question yet" in page
    assert "Open the conditions" in page


def test_the_screen_asks_the_database_seldom(
    as_writer, desk, django_assert_num_queries
):
    desk.draft()

    with django_assert_num_queries(9):
        as_writer.get(START, chosen(desk))
