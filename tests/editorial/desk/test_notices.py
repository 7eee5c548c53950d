"""What a person is told above the text, before they read it to judge it."""

import pytest

from editorial import workflow
from editorial.desk.review import notices
from editorial.dossier import Dossier
from editorial.rules import why_not
from editorial.states import Role
from tests.builders import Desk, fresh, make_reviewer, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def told(summary, user, *, signs=True):
    known = Dossier(fresh(summary))
    panel = {"why": why_not("sign_off", known.summary, user)} if signs else None
    return [notice["words"] for notice in notices.of(known, user, panel)]


def test_who_wrote_part_of_a_text_is_told_before_reading_it(desk):
    both = make_reviewer("noor", "Noor Said", roles=(Role.WRITER,))
    summary = workflow.submit_for_review(desk.draft(by=both), by=desk.writer)

    assert told(summary, both) == [
        "You cannot sign now. You wrote part of this text, so another medical reviewer "
        "must sign it."
    ]


def test_who_has_a_lapsed_credential_is_told_before_reading(desk):
    lapsed = make_reviewer("noor", "Noor Said", days=-1)

    (words,) = told(desk.in_review(), lapsed)

    assert words.startswith("You cannot sign now. Your credential lapsed on")
    assert words.endswith("ask an editor to verify it again.")


def test_the_second_signer_is_told_of_the_first():
    desk = Desk(signatures=2)
    summary = desk.in_review()
    sign(summary, by=desk.reviewer)

    (words,) = told(summary, make_reviewer("noor", "Noor Said"))

    assert words.startswith("Ines Falk signed this same text on ")
    assert words.endswith("Yours is the last signature that it needs.")


def test_a_reviewer_is_told_who_holds_the_review(desk):
    noor = make_reviewer("noor", "Noor Said")
    summary = workflow.assign(desk.in_review(), by=desk.editor, reviewer=noor)

    assert told(summary, desk.reviewer) == [
        "Noor Said holds this review; you may sign it all the same."
    ]
    assert told(summary, noor) == []


def test_everybody_is_told_what_readers_of_a_withdrawn_page_see(desk):
    (words,) = told(desk.withdrawn(), desk.writer, signs=False)

    assert words.startswith("The page has been withdrawn since ")
    assert "“We are checking a dose.”" in words


def test_who_may_sign_at_once_is_told_nothing(desk):
    assert told(desk.in_review(), desk.reviewer) == []


def test_notices_stand_above_the_text(desk, client):
    client.force_login(desk.editor)

    page = client.get(
        f"/admin/editorial/summary/{desk.withdrawn().pk}/review/"
    ).content.decode()

    assert page.index('class="notice bad"') < page.index('id="changes"')
