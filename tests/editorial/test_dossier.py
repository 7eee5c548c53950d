"""Which edition a text is compared with, and how much is read to know it."""

import pytest

from editorial.dossier import Dossier
from editorial.models import Summary
from tests.builders import BODY, Desk, make_question, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_a_live_edition_is_read_with_its_page(desk, django_assert_num_queries):
    desk.new_edition(desk.live(), f"{BODY}\n- braces")
    known = Dossier(Summary.objects.get())

    with django_assert_num_queries(1):
        assert known.live.number == 2


def test_a_live_edition_may_be_an_older_one(desk, settings):
    summary = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = False
    known = Dossier(desk.new_edition(summary, f"{BODY}\n- braces"))

    assert (known.newest.number, known.live.number) == (2, 1)
    assert [one.number for one in known.editions] == [2, 1]


def test_an_edition_of_another_page_is_compared_with_nothing(desk):
    mine = desk.live()
    desk.question = make_question(
        desk.editor, slug="cause", pattern="What causes {condition}?"
    )
    other = Dossier(desk.live()).newest
    tamper("UPDATE conditions_page SET live_edition_id = NULL")
    tamper(
        "UPDATE conditions_page SET live_edition_id = %s WHERE id <> %s",
        other.pk,
        other.page_id,
    )

    assert Dossier(mine).live is None
