"""How a site that was filled without the index gets it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from conditions import indexing, search
from conditions.models import Indexed, NameWord, Trigram
from editorial import guards
from tests.builders import Desk


@pytest.fixture
def live(db):
    desk = Desk()
    desk.live()
    return desk


def told(command, *args):
    out = StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


def test_reindex_enters_what_is_not_found_and_is_safe_to_repeat(live):
    indexing.clear()
    assert search.find("poh").conditions == []

    assert told("reindex") == "Indexed 1 pages.\n"

    assert len(search.find("poh").conditions) == 1
    assert told("reindex") == "Indexed 0 pages.\n"


def test_reindex_all_begins_anew(live):
    NameWord.objects.update(stem=F("word"))
    Trigram.objects.update(word="wrong")

    assert told("reindex", "--all") == "Indexed 1 pages.\n"

    assert search.find("heterplasia").did_you_mean == "heteroplasia"
    assert len(search.find("progressive").conditions) == 1


def test_the_worker_enters_what_is_not_found(live):
    indexing.clear()

    assert "indexed 1 page\n" in told("worker", "--once")

    assert Indexed.objects.count() == 1
    assert "indexed" not in told("worker", "--once")


def test_nothing_is_entered_without_the_guards(live):
    guards.drop()

    with pytest.raises(CommandError, match="missing"):
        call_command("reindex")
