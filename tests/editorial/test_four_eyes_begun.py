"""Law 4 and the note, or the date, with which somebody began a draft or took it up."""

from datetime import date

import pytest

from editorial import workflow, writing
from editorial.rules import MoveRefused
from editorial.states import Role, Status
from tests.builders import Desk, make_reviewer, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def both(desk):
    """A reviewer who is a writer too."""
    return make_reviewer("both", "Bo Both", roles=(Role.WRITER,))


@pytest.mark.parametrize(
    "fields",
    [{"drafting_note": "Take two."}, {"evidence_searched_on": date(2026, 1, 2)}],
)
def test_nobody_signs_a_note_or_date_that_they_began_or_took_up_with(
    desk, both, fields
):
    words = desk.draft()
    writing.set_aside(words, by=desk.writer, reason="Later.")
    text = desk.text(**fields)  # the words that stand, and the note
    summary = writing.start(desk.condition, desk.question, by=both, text=text)
    assert not summary.wrote_text
    summary = workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


def test_a_draft_that_was_begun_or_taken_up_as_it_is_may_be_signed(desk, both):
    summary = writing.start(desk.condition, desk.question, by=both)
    summary = writing.revise(
        summary, by=desk.writer, text=desk.text(drafting_note="One."), against=1
    )
    writing.set_aside(summary, by=desk.writer, reason="Later.")
    summary = writing.start(desk.condition, desk.question, by=both)
    summary = workflow.submit_for_review(summary, by=desk.writer)

    assert desk.sign(summary, by=both).status == Status.REVIEWED
