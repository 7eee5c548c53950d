"""Every verb refuses by itself what its screens refuse before it."""

import pytest

from editorial import publishing, workflow, writing
from editorial.rules import MoveRefused
from tests.builders import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


UNSAID = {
    "recall": lambda d: workflow.recall(d.in_review(), by=d.editor, reason=" "),
    "request_changes": lambda d: workflow.request_changes(
        d.in_review(), by=d.reviewer, reasons=["unclear"], note=" "
    ),
    "set_aside": lambda d: writing.set_aside(d.draft(), by=d.editor, reason=" "),
    "withdraw": lambda d: publishing.withdraw(
        d.live(), by=d.editor, reason=" ", note="We look."
    ),
    "withdraw unexplained": lambda d: publishing.withdraw(
        d.live(), by=d.editor, reason="A doubt.", note=" "
    ),
    "reinstate": lambda d: publishing.reinstate(d.withdrawn(), by=d.editor, reason=" "),
}


@pytest.mark.parametrize("verb", UNSAID)
def test_a_verb_that_needs_words_is_refused_without_them(desk, verb):
    with pytest.raises(MoveRefused, match=r"Say why|Say what must|Write a note"):
        UNSAID[verb](desk)
