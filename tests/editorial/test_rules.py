"""Why a move would be refused, as the desk asks before it shows a button."""

import pytest

from editorial import rules, workflow
from tests.builders import Desk, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_a_text_in_review_that_cites_nothing_known_is_not_signed(desk):
    summary = desk.in_review()
    summary.body = "Words [@nobody-knows-it]."

    why = rules.why_not("sign_off", summary, desk.reviewer)

    assert why.startswith("Add to the catalogue, or correct")


def test_an_altered_edition_is_told_beside_the_button(desk):
    summary = workflow.recheck(desk.live(), by=desk.editor)
    tamper("UPDATE conditions_edition SET content = '{}'")

    why = rules.why_not("sign_off", summary, desk.reviewer)

    assert why.startswith("An earlier edition was altered:")


def test_whoever_is_no_medical_reviewer_takes_no_review_over(desk):
    why = rules.why_not_reviewed_by(desk.in_review(), desk.writer)

    assert why == "Tomás Rey is not a medical reviewer: choose somebody who is."
