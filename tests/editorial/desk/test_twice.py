"""Two presses of one button: the act happens once, and the person reads of success."""

import re
from datetime import timedelta
from html import unescape

import pytest

from conditions.models import Publication
from editorial import clock, workflow
from editorial.states import Status
from tests.builders import BODY, Desk, fresh, make_editor, make_writer

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/summary/"
# The verb, who presses it in which state, and what is typed.
MOVES = {
    "submit_for_review": ("draft", "writer", {"reason": "Ready."}),
    "recall": ("in_review", "writer", {"reason": "Not yet."}),
    "request_changes": (
        "in_review",
        "reviewer",
        {"note": "Cite it.", "reasons": ["wrong"]},
    ),
    "start_revision": ("reviewed", "writer", {}),
    "recheck": ("reviewed", "editor", {"reason": "A year has gone."}),
    "schedule": ("draft", "editor", {"at": "2027-03-01T10:00"}),
    "withdraw": ("live", "editor", {"reason": "A slip.", "note": "We look."}),
    "reinstate": ("withdrawn", "editor", {"reason": "Mended.", "note": "It is back."}),
    "set_aside": ("draft", "writer", {"reason": "Later."}),
}


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


def move(summary, name):
    return f"{LIST}{summary.pk}/moves/{name}/"


def said(page):
    """What the page tells: the refusal of its form, or its messages."""
    text = page.content.decode()
    refusal = re.findall(r'role="alert">(.*?)</p>', text, re.S)
    return [unescape(words) for words in refusal] or [
        str(message) for message in page.context["messages"]
    ]


# Moves


@pytest.mark.parametrize("name", MOVES)
def test_a_move_pressed_twice_is_made_once(desk, press, name):
    state, who, typed = MOVES[name]
    summary = getattr(desk, state)()
    by, seen = getattr(desk, who), fresh(summary).revision
    both = [press(by, move(summary, name), **typed, revision=seen) for _ in range(2)]

    assert said(both[1]) == said(both[0])
    assert both[1].redirect_chain == both[0].redirect_chain != []
    assert fresh(summary).revision == seen + 1


def test_publish_pressed_twice_publishes_once(desk, press, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    summary = desk.reviewed()
    seen = fresh(summary).revision

    for _ in range(2):
        page = press(desk.editor, move(summary, "publish"), revision=seen)

    assert said(page) == ["Published: edition 1 is live."]
    assert Publication.objects.count() == 1


def test_a_claim_pressed_twice_is_made_once_and_not_given_back(desk, press):
    summary, mine = desk.in_review(), desk.reviewer.pk
    for _ in range(2):
        page = press(desk.reviewer, move(summary, "assign"), reviewer=mine, revision=2)

    assert said(page) == ["The assignment is noted."]
    assert fresh(summary).assigned_reviewer == desk.reviewer
    assert fresh(summary).revision == 3


@pytest.mark.parametrize("name", MOVES)
def test_a_colleagues_press_of_the_same_button_is_refused(desk, press, name):
    state, who, typed = MOVES[name]
    summary = getattr(desk, state)()
    seen = fresh(summary).revision
    press(getattr(desk, who), move(summary, name), **typed, revision=seen)
    other = make_editor("second") if who == "editor" else make_writer("second")
    other.groups.set(getattr(desk, who).groups.all())

    page = press(other, move(summary, name), **typed, revision=seen)

    assert page.redirect_chain == []
    assert fresh(summary).revision == seen + 1


@pytest.mark.parametrize("name", ["withdraw", "request_changes", "schedule", "assign"])
def test_a_second_press_with_other_words_is_refused_and_keeps_them(desk, press, name):
    state, who, typed = {
        **MOVES,
        "assign": ("in_review", "editor", {"reviewer": desk.reviewer.pk}),
    }[name]
    other = {
        "withdraw": {**typed, "note": "Other words."},
        "request_changes": {"note": "Other words."},
        "schedule": {"at": "2027-04-01T10:00"},
        "assign": {"reviewer": ""},
    }[name]
    summary = getattr(desk, state)()
    seen = fresh(summary).revision
    press(getattr(desk, who), move(summary, name), **typed, revision=seen)

    page = press(getattr(desk, who), move(summary, name), **other, revision=seen)

    assert page.redirect_chain == []
    form = page.context["form"]
    assert {word: form[word].value() for word in other} == other
    assert fresh(summary).revision == seen + 1


def test_a_press_long_after_is_refused(desk, press):
    summary = desk.draft()
    press(desk.writer, move(summary, "submit_for_review"), revision=1)

    with clock.moved_to(clock.now() + timedelta(minutes=3)):
        page = press(desk.writer, move(summary, "submit_for_review"), revision=1)

    assert said(page)[0].startswith("This summary is in review;")


def test_a_move_taken_back_meanwhile_is_not_said_to_be_done(desk, press):
    summary = desk.draft()
    press(desk.writer, move(summary, "submit_for_review"), revision=1)
    workflow.recall(summary, by=desk.writer, reason="Not yet.")

    page = press(desk.writer, move(summary, "submit_for_review"), revision=1)

    assert "changed this summary" in said(page)[0]
    assert fresh(summary).status == Status.DRAFT


def test_a_press_on_a_page_older_than_the_first_is_refused(desk, press):
    summary = desk.draft()
    desk.revise(summary, "Nobody saw these words on that page.", by=desk.editor)
    desk.revise(summary, BODY)
    press(desk.writer, move(summary, "submit_for_review"), revision=3)

    page = press(desk.writer, move(summary, "submit_for_review"), revision=1)

    assert said(page)[0].startswith("This summary is in review;")


def test_a_withdrawal_pressed_twice_on_an_old_page_is_made_once(desk, press):
    summary, (_, _, typed) = desk.live(), MOVES["withdraw"]

    for _ in range(2):
        page = press(desk.editor, move(summary, "withdraw"), **typed, revision=1)

    assert said(page) == ["Withdrawn: readers see your note now."]
    assert Publication.objects.count() == 2
