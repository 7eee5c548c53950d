"""Rows that an owner of the database rewrote, hash and all: no reader sees them."""

import pytest

from conditions import content
from conditions.models import Edition
from tests.builders import BODY, Desk, tamper, unprint
from tests.readers import HUB, PAGE

SHOWS_THE_TEXT = (PAGE, f"{PAGE}editions/1/", f"{PAGE}review.json", f"{PAGE}index.md")


@pytest.fixture
def desk(db):
    desk = Desk()
    desk.live()
    return desk


def forge(**changed):
    """Rewrite the edition's record, and its hash with it."""
    edition = Edition.objects.get()
    record = content.canonical({**edition.read_record(), **changed})
    tamper(
        "UPDATE conditions_edition SET record = %s, record_sha256 = %s WHERE id = %s",
        *(record, content.sha256(record), edition.pk),
    )
    unprint()


@pytest.mark.parametrize("address", SHOWS_THE_TEXT)
@pytest.mark.parametrize("forged", [{"content_sha256": "0" * 64}, {"edition": 7}])
def test_a_record_of_another_text_or_edition_shows_nothing(
    desk, visit, address, forged
):
    forge(**forged)

    answer = visit(address)

    assert answer.status == 503
    assert b"physiotherapy" not in answer.body


@pytest.mark.parametrize("address", SHOWS_THE_TEXT)
def test_a_text_with_a_word_more_than_was_signed_shows_nothing(desk, visit, address):
    tamper("UPDATE conditions_edition SET content = replace(content, 'bone', 'bones')")
    unprint()

    answer = visit(address)

    assert answer.status == 503
    assert b"physiotherapy" not in answer.body


def test_a_condition_whose_every_page_was_altered_is_not_shown(desk, visit):
    forge(content_sha256="0" * 64)

    assert visit(HUB).status == 503


def test_a_condition_without_a_live_page_is_not_found(db, visit):
    Desk().draft(body=BODY)

    assert visit(HUB).status == 404
    assert visit("/reviewers/ines/").status == visit("/reviewers/eve/").status == 404
