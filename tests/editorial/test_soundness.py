"""What the worker finds of live editions that are not as they were signed."""

import pytest

from conditions import content
from conditions.models import Edition
from editorial import rounds, soundness
from tests.builders import BODY, Desk, make_condition, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    desk = Desk()
    desk.live()
    return desk


def found():
    """Look once; return what is known of then."""
    soundness.look()
    return list(soundness.altered())


def alter(**changed):
    """Rewrite the newest edition's record, and its hash with it."""
    edition = Edition.objects.latest("pk")
    record = content.canonical({**edition.read_record(), **changed})
    tamper(
        "UPDATE conditions_edition SET record = %s, record_sha256 = %s WHERE id = %s",
        *(record, content.sha256(record), edition.pk),
    )


def another(desk, name):
    desk.condition = make_condition(desk.editor, slug=name, name=name, abbreviation="")
    desk.live()


def test_what_is_as_it_was_signed_is_not_named(desk):
    assert (soundness.look(), found()) == ([], [])


@pytest.mark.parametrize("column", ["content", "record"])
def test_words_that_have_another_hash_are_altered(desk, column):
    tamper(f"UPDATE conditions_edition SET {column} = replace({column}, 'a', 'o')")

    assert found() == [Edition.objects.get()]


@pytest.mark.parametrize(
    "forged", [{"content_sha256": "0" * 64}, {"edition": 7}, {"address": "/x/"}]
)
def test_a_record_of_another_text_edition_or_page_is_altered(desk, forged):
    alter(**forged)

    assert found() == [Edition.objects.get()]


def test_each_is_told_of_once(desk):
    alter(edition=7)

    assert [soundness.look(), soundness.look()] == [
        [
            "/conditions/progressive-osseous-heteroplasia/research/: edition 1 is not "
            "as it was signed"
        ],
        [],
    ]


def test_what_was_put_right_is_named_no_more(desk):
    alter(edition=7)
    assert found()

    alter(edition=1)

    assert found() == []


def test_an_edition_that_is_not_live_is_not_named(desk):
    alter(edition=7)
    assert found()
    tamper("UPDATE conditions_page SET live_edition_id = NULL")

    assert found() == []


def test_a_round_reads_so_many_and_the_next_goes_on_after_them(desk, monkeypatch):
    for name in ("alpha", "beta"):
        another(desk, name)
    alter(edition=7)
    monkeypatch.setattr(soundness, "A_ROUND", 2)

    assert [len(found()), len(found())] == [0, 1]
    assert rounds.position(soundness.JOB) == 0


def test_after_the_last_it_begins_again(desk, monkeypatch):
    monkeypatch.setattr(soundness, "A_ROUND", 1)
    assert found() == []
    assert found() == []
    alter(edition=7)

    assert len(found()) == 1


def test_an_altered_edition_of_a_later_round_stays_named(desk, monkeypatch):
    alter(edition=7)
    first = found()
    another(desk, "alpha")
    monkeypatch.setattr(soundness, "A_ROUND", 1)
    rounds.came_to(rounds.held(soundness.JOB), first[0].pk)

    assert found() == first


def test_a_site_without_pages_is_sound(db):
    Desk().draft(body=BODY)

    assert found() == []
