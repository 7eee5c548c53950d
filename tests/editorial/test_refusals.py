"""A refusal says why, and what comes first or instead."""

import pytest

from editorial import refusals, rules, writing
from editorial.states import MOVES, Status
from tests.builders import Desk, make_writer

UNFIT = [
    (move, status)
    for name, move in MOVES.items()
    for status in Status
    if name != "start" and status not in move.origins
]


@pytest.mark.parametrize(
    ("move", "status"), UNFIT, ids=lambda one: getattr(one, "name", one)
)
def test_every_refusal_of_a_state_says_what_comes_first(move, status):
    words = refusals.does_not_fit(move, status)

    why, _, first = words.partition(". ")
    assert f"“{move.label}” needs one that is" in why
    assert first.endswith(".")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "name", "who", "next_step"),
    [
        ("in_review", "revise", "writer", "an editor recalls it first."),
        ("draft", "sign_off", "reviewer", "A writer or an editor submits it first."),
        ("live", "revise", "writer", "A writer or an editor starts a revision first."),
        ("withdrawn", "withdraw", "editor", "an editor can put it back."),
        ("live", "reinstate", "editor", "Readers see it now."),
        ("draft", "reinstate", "editor", "It is published once it is signed."),
        ("draft", "publish", "editor", "a medical reviewer must sign it off first."),
    ],
)
def test_a_refusal_ends_with_the_next_step(state, name, who, next_step):
    desk = Desk()

    why = rules.why_not(name, getattr(desk, state)(), getattr(desk, who))

    assert why.endswith(next_step)


@pytest.mark.django_db
def test_who_may_recall_a_text_is_named():
    desk = Desk()

    why = rules.why_not("recall", desk.in_review(), make_writer("lea", "Lea Brandt"))

    assert why == (
        "Only Tomás Rey, who submitted it, or an editor recalls it: ask one of them."
    )


@pytest.mark.django_db
def test_what_was_set_aside_says_who_takes_it_up():
    desk = Desk()
    summary = writing.set_aside(desk.draft(), by=desk.writer, reason="Not now.")

    why = rules.why_not("submit_for_review", summary, desk.writer)

    assert why == (
        "This draft is set aside: start it again first, as a writer or an editor does "
        "with “Start a summary”."
    )


@pytest.mark.django_db
def test_a_second_signature_by_the_same_hand_names_who_signs_next():
    desk = Desk(signatures=2)
    summary = desk.sign(desk.in_review())

    assert rules.why_not("sign_off", summary, desk.reviewer) == (
        "You have signed this text already. Another medical reviewer signs next."
    )
