"""No act reads a whole table, however many texts there are: PostgreSQL counts it.

A guard that does costs little in a small site, and everything in a large one.
"""

import pytest
from django.db import connection

from editorial import publishing
from tests.builders import BODY, Desk
from tests.databases import on_sqlite

pytestmark = pytest.mark.skipif(on_sqlite(), reason="SQLite does not count its scans")

SCANS = """
    SELECT relname, seq_scan FROM pg_stat_xact_user_tables
    WHERE seq_scan > 0 AND schemaname = 'public'
"""


@pytest.fixture
def scanned(db):
    """Return which tables were read whole; only where no index could be used."""

    def found():
        with connection.cursor() as cursor:
            return dict(cursor.execute(SCANS).fetchall())

    desk = Desk()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("DISCARD PLANS")
    before = found()
    return desk, lambda: {t: n for t, n in found().items() if n != before.get(t, 0)}


def test_no_table_is_read_whole(scanned):
    desk, found = scanned
    summary = desk.live()
    summary = desk.new_edition(summary, f"{BODY}\n- braces")
    publishing.withdraw(summary, by=desk.editor, reason="A doubt.", note="We check.")
    publishing.reinstate(summary, by=desk.editor, reason="No doubt.")

    assert found() == {}
