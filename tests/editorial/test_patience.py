"""A statement that PostgreSQL does not answer in time ends the wait and the connection.

For real, with a server that hangs: tests/faults/test_database_hangs.py.
"""

import time

import pytest
from django.db import OperationalError, connection

from editorial import patience
from tests.databases import on_sqlite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(on_sqlite(), reason="SQLite is a file, and does not hang"),
]


@pytest.fixture
def ours(monkeypatch):
    """A connection of a request, which waits for a fifth of a second."""
    monkeypatch.setattr(patience, "SECONDS", 0.2)
    ours = connection.copy()
    ours.ensure_connection()
    patience._bound(ours)
    server = ours.connection.info.backend_pid
    yield ours
    ours.close()
    ask(connection, f"SELECT pg_terminate_backend({server})")  # it sleeps on


def ask(ours, sql):
    with ours.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def test_who_does_not_answer_is_left(ours):
    began = time.monotonic()

    with pytest.raises(OperationalError):
        ask(ours, "SELECT pg_sleep(20)")
    assert time.monotonic() - began < 10
    assert ours.connection.closed


def test_who_refuses_has_answered(ours):
    ask(ours, "SELECT set_config('statement_timeout', '20ms', false)")

    with pytest.raises(OperationalError):
        ask(ours, "SELECT pg_sleep(20)")
    assert not ours.connection.closed
    ask(ours, "SELECT set_config('statement_timeout', '0', false)")
    assert ask(ours, "SELECT 7") == (7,)
