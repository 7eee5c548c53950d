"""A press that is not the second of two is not told of the first one's success."""

import pytest

from editorial import next_review, signoff, workflow
from editorial.desk import twice
from editorial.identity import Claim
from editorial.manuscript import Manuscript
from editorial.models import SignOff
from editorial.rules import WRONG_PASSWORDS, MoveRefused
from editorial.statement import Statement
from tests.builders import PASSWORD, Desk, fresh, make_reviewer, read

pytestmark = pytest.mark.django_db


def stated(summary, note=""):
    return Statement(
        interests="",
        evidence_searched_on=None,
        review_due_on=next_review.limit(summary).on,
        change_type="",
        note=note,
    )


def sign(summary, by, password=PASSWORD, **said):
    read(summary, by=by)
    return signoff.sign_off(
        summary,
        by=by,
        claim=Claim(password),
        content_sha256=Manuscript(summary).sha256,
        statement=stated(summary, **said),
    )


def just_signed(summary, by, **said):
    summary = fresh(summary)
    sha256 = Manuscript(summary).sha256
    return twice.signed(summary, sha256, stated(summary, **said), by=by)


def rechecked(desk):
    """The same text signed again, so that nobody has to say what changed."""
    summary = desk.live()
    workflow.recheck(summary, by=desk.editor)
    sign(fresh(summary), desk.reviewer)
    return fresh(summary)


def test_a_second_press_is_answered_with_the_signature():
    desk = Desk()
    summary = rechecked(desk)

    assert just_signed(summary, desk.reviewer) == SignOff.objects.latest("pk")


def test_wrong_passwords_on_the_next_review_are_not_told_of_success():
    desk = Desk()
    summary = rechecked(desk)
    workflow.recheck(summary, by=desk.editor)
    for _ in range(WRONG_PASSWORDS):
        with pytest.raises(MoveRefused):
            sign(fresh(summary), desk.reviewer, password="guessed")

    assert just_signed(summary, desk.reviewer) is None


def test_a_signature_on_a_text_recalled_meanwhile_is_not_told_as_success():
    desk = Desk(signatures=2)
    said = {"note": "Added a long trial."}
    summary = desk.in_review()
    sign(summary, desk.reviewer, **said)
    before = just_signed(summary, desk.reviewer, **said)

    workflow.recall(summary, by=desk.editor, reason="A slip.")

    assert before
    assert just_signed(summary, desk.reviewer, **said) is None


def test_a_signature_that_a_colleagues_overtook_is_not_told_again():
    desk, other = Desk(), make_reviewer("bo", "Bo Berg")
    summary = rechecked(desk)
    workflow.recheck(summary, by=desk.editor)
    sign(fresh(summary), other)

    assert just_signed(summary, desk.reviewer) is None
