"""Two presses of one button on a text: one revision, and it is said to be saved."""

import re
from html import unescape

import pytest

from editorial import writing
from editorial.models import Summary
from tests.builders import BODY, SHORT, Desk, fresh

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/summary/"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def press(client):
    """Posts a form as somebody: `press(desk.writer, address, body="…")`."""

    def press(by, address, **typed):
        client.force_login(by)
        return client.post(address, typed, follow=True)

    return press


def said(page):
    """What the page tells: the refusal of its form, or its messages."""
    text = page.content.decode()
    refusal = re.findall(r'role="alert">(.*?)</p>', text, re.S)
    return [unescape(words) for words in refusal] or [
        str(message) for message in page.context["messages"]
    ]


def test_a_save_pressed_twice_is_one_revision_and_is_saved(desk, press):
    summary = desk.draft()
    typed = {"short_answer": SHORT, "body": "New.", "drafting": "person", "against": 1}

    for _ in range(2):
        page = press(desk.writer, f"{LIST}{summary.pk}/change/", **typed)

    assert (said(page), fresh(summary).revision) == (["Saved."], 2)


def test_the_same_text_of_a_colleague_is_not_said_to_be_saved(desk, press):
    summary = desk.draft()
    typed = {"short_answer": SHORT, "body": "New.", "drafting": "person", "against": 1}
    press(desk.writer, f"{LIST}{summary.pk}/change/", **typed)

    page = press(desk.editor, f"{LIST}{summary.pk}/change/", **typed)

    assert said(page) == ["Nothing to save: the text is the same."]


def test_a_start_pressed_twice_begins_once(desk, press):
    chosen = {"condition": desk.condition.pk, "question": desk.question.pk}

    for _ in range(2):
        page = press(desk.writer, f"{LIST}add/", **chosen)

    assert said(page) == ["Started. Now write the answer."]
    assert page.redirect_chain[-1][0] == f"{LIST}{Summary.objects.get().pk}/change/"


def test_a_kept_text_left_out_twice_is_left_out_once(desk, press):
    summary = desk.draft()
    desk.revise(summary, "Saved first.", by=desk.editor)
    with pytest.raises(writing.Conflict) as conflict:
        writing.revise(summary, by=desk.writer, text=desk.text("Late."), against=1)
    kept = f"{LIST}{summary.pk}/kept/{conflict.value.lost.pk}/leave-out/"

    for _ in range(2):
        page = press(desk.writer, kept, against=2, why="It says the same.")
    other = press(desk.editor, kept, against=2, why="It says the same.")

    assert said(page) == ["The kept text is off the lists; the history still has it."]
    assert (other.redirect_chain, fresh(summary).revision) == ([], 3)


def restore(summary):
    return f"{LIST}{summary.pk}/history/1/restore/"


def test_a_restore_pressed_twice_is_one_revision(desk, press):
    summary = desk.draft()
    desk.revise(summary, "New words.")

    for _ in range(2):
        page = press(desk.writer, restore(summary), revision=2)

    assert said(page) == ["Restored the text of revision 1."]
    assert (fresh(summary).revision, fresh(summary).body) == (3, BODY)


def test_a_restore_over_words_that_nobody_saw_is_refused_and_keeps_the_reason(
    desk, press
):
    summary = desk.draft()
    desk.revise(summary, "New words.")
    desk.revise(summary, "Words that the page did not show.", by=desk.editor)

    page = press(desk.writer, restore(summary), revision=2, reason="It was better.")

    assert said(page)[0].startswith("Maren Holt changed this summary at ")
    assert 'value="It was better."' in page.content.decode()
    assert fresh(summary).revision == 3


def test_a_draft_started_by_a_colleague_is_not_said_to_be_mine(desk, press):
    writing.start(desk.condition, desk.question, by=desk.editor)
    chosen = {"condition": desk.condition.pk, "question": desk.question.pk}

    page = press(desk.writer, f"{LIST}add/", **chosen)

    assert said(page) == ["This answer has a summary already: open it and revise it."]


def test_a_save_on_a_page_that_shows_the_new_text_has_nothing_to_save(desk, press):
    summary = desk.draft()
    typed = {"short_answer": SHORT, "body": "New.", "drafting": "person"}
    press(desk.writer, f"{LIST}{summary.pk}/change/", **typed, against=1)

    page = press(desk.writer, f"{LIST}{summary.pk}/change/", **typed, against=2)

    assert said(page) == ["Nothing to save: the text is the same."]


@pytest.mark.parametrize(
    "second", [{"revision": 1}, {"revision": 2, "reason": "For another reason."}]
)
def test_a_restore_that_is_not_the_same_press_is_refused(desk, press, second):
    summary = desk.draft()
    desk.revise(summary, "New words.")
    press(desk.writer, restore(summary), revision=2)

    page = press(desk.writer, restore(summary), **second)

    assert "changed this summary" in said(page)[0]
    assert fresh(summary).revision == 3
