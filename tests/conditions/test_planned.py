"""What is sent often is planned once a connection, where PostgreSQL may keep plans."""

import pytest
from django.db import connection

from conditions.models import Condition
from conditions.often import Given, Often
from conditions.taking import take
from tests.builders import Desk
from tests.databases import on_sqlite
from tests.readers import PAGE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(on_sqlite(), reason="SQLite keeps no statements of others"),
]
by_slug = Often(lambda: Condition.objects.filter(slug=Given("slug")))


def kept(words):
    """How many prepared statements hold the words."""
    with connection.cursor() as cursor:
        asked = (
            "SELECT count(*) FROM pg_prepared_statements WHERE strpos(statement, %s)"
        )
        cursor.execute(f"{asked} > 0", [words])
        return cursor.fetchone()[0]


@pytest.fixture
def a_pooler():
    """The connection as `prepare_threshold=none` has it."""
    connection.ensure_connection()
    usual = connection.connection.prepare_threshold
    connection.connection.prepare_threshold = None
    yield
    connection.connection.prepare_threshold = usual


def asked_often():
    """Whether a row is found as often as it is asked for."""
    there = Desk().condition
    return {by_slug.first(slug=there.slug) for _ in range(20)} == {there}


def test_what_is_sent_often_is_planned_once():
    before = kept("conditions_condition")

    assert asked_often()

    assert kept("conditions_condition") > before


def test_nothing_is_planned_ahead_where_a_pooler_hands_connections_on(a_pooler):
    before = kept("conditions_condition")

    assert asked_often()

    assert kept("conditions_condition") == before


@pytest.mark.django_db(transaction=True)
def test_a_reader_is_answered_after_what_was_prepared_is_dropped():
    Desk().live()
    assert take(PAGE).is_sealed()
    assert kept("conditions_printed") == 1

    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")

    assert take(PAGE).is_sealed()
    assert kept("conditions_printed") == 1


@pytest.mark.django_db(transaction=True)
def test_a_reader_is_answered_behind_a_pooler(a_pooler):
    Desk().live()
    before = kept("conditions_printed")

    assert take(PAGE).is_sealed()

    assert kept("conditions_printed") == before
