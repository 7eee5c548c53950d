"""A text that two reviewers sign: the first counts while its signer may sign."""

from datetime import timedelta

import pytest

from editorial import catalogue, clock, workflow
from editorial.models import ReviewerAccount
from editorial.rules import MoveRefused
from editorial.states import Role, Status
from tests.builders import Desk, make_reviewer

pytestmark = pytest.mark.django_db

COUNTS_NO_LONGER = "Ada Lund’s signature counts no longer"


@pytest.fixture
def desk():
    return Desk(signatures=2)


@pytest.fixture
def signed(desk):
    """Signed once, by somebody who may edit the catalogue as well."""
    desk.first = make_reviewer("ada", "Ada Lund", roles=(Role.EDITOR,))
    return desk.sign(desk.in_review(), by=desk.first)


def test_the_second_of_two_reviewers_completes_the_edition(desk, signed):
    assert desk.sign(signed).status == Status.REVIEWED


def test_a_first_signer_who_edits_an_entry_meanwhile_counts_no_longer(desk, signed):
    desk.question.order = 9  # no word of the text, but the entry is theirs now
    catalogue.save(desk.question, by=desk.first)

    with pytest.raises(MoveRefused, match=COUNTS_NO_LONGER):
        desk.sign(signed)


def test_a_first_signer_whose_credential_lapsed_meanwhile_counts_no_longer(
    desk, signed
):
    account = ReviewerAccount.objects.get(user=desk.first)
    account.expires_on = clock.today() - timedelta(days=1)
    account._history_user = desk.editor
    account.save()

    with pytest.raises(MoveRefused, match=COUNTS_NO_LONGER):
        desk.sign(signed)


def test_a_first_signer_who_is_no_reviewer_now_counts_no_longer(desk, signed):
    desk.first.groups.clear()

    with pytest.raises(MoveRefused, match=COUNTS_NO_LONGER):
        desk.sign(signed)


def test_nobody_signs_twice_for_two(desk, signed):
    with pytest.raises(MoveRefused, match="You have signed this text already"):
        desk.sign(signed, by=desk.first)


def test_a_recalled_text_is_signed_by_both_anew(desk, signed):
    summary = workflow.recall(signed, by=desk.writer, reason="A slip.")
    summary = workflow.submit_for_review(summary, by=desk.writer)

    assert desk.sign(summary).status == Status.IN_REVIEW
    assert desk.sign(summary, by=desk.first).status == Status.REVIEWED
