"""A row whose save is written once is stored as the ORM would store it."""

from datetime import date

import pytest
from django.db import DatabaseError
from django.db.models.sql.compiler import SQLInsertCompiler, SQLUpdateCompiler

from conditions.models import Publication, Source
from editorial.models import SignOff
from tests.builders import Desk, record

pytestmark = pytest.mark.django_db
FACTS = {
    "title": "Böné 100 % '\\",
    "kind": "web",
    "url": "https://example.org/",
    "year": 2020,
    "accessed_on": date(2026, 2, 28),
}


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def written(monkeypatch):
    """The verbs that the ORM wrote a statement for."""
    verbs = []
    for compiler in (SQLInsertCompiler, SQLUpdateCompiler):
        as_sql = compiler.as_sql

        def heard(self, *args, as_sql=as_sql):
            found = as_sql(self, *args)
            verbs.append(str(found)[:9].strip("('[ "))
            return found

        monkeypatch.setattr(compiler, "as_sql", heard)
    return verbs


def test_each_field_is_stored_as_it_was_given(desk):
    for key in ("first", "second"):
        kept = record(Source(key=key, **FACTS), desk.editor)
        found = Source.objects.values().get(pk=kept.pk)
        assert {name: found[name] for name in FACTS} == FACTS


@pytest.mark.parametrize("model", [Source.history.model, Publication, SignOff])
def test_what_is_known_of_a_new_row_is_what_a_question_finds(desk, model, monkeypatch):
    made = []
    save = model.save

    def heard(row, *args, **kwargs):
        save(row, *args, **kwargs)
        made.append(row)

    monkeypatch.setattr(model, "save", heard)
    record(Source(key="first", **FACTS), desk.editor)
    desk.live()

    assert made
    for row in made:
        assert row.as_stored == model._base_manager.values().get(pk=row.pk)


def test_a_value_can_be_taken_away_and_put_back(desk):
    source = record(Source(key="first", **FACTS), desk.editor)
    for year in (None, 1999, None):
        source.year = year
        record(source, desk.editor)
        assert Source.objects.get(pk=source.pk).year == year


def test_the_orm_writes_a_save_once(desk, written):
    source = record(Source(key="first", **FACTS), desk.editor)
    record(source, desk.editor)
    written.clear()
    record(Source(key="second", **FACTS), desk.editor)
    source.year = 1
    record(source, desk.editor)

    assert written == []


def test_each_choice_of_fields_is_a_save_of_its_own(desk):
    source = record(Source(key="first", **FACTS), desk.editor)
    source.year, source.title = 1, "Another title"
    for name in ("year", "title"):
        source._history_user = desk.editor
        source.save(update_fields=[name])

    found = Source.objects.get(pk=source.pk)
    assert (found.year, found.title, found.url) == (1, "Another title", source.url)


def test_a_row_that_is_not_there_is_not_updated(desk):
    source = record(Source(key="first", **FACTS), desk.editor)
    source.pk += 1000
    source._history_user = desk.editor
    with pytest.raises(DatabaseError, match="did not affect"):
        source.save(update_fields=["year"])
