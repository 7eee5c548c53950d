"""Has PostgreSQL plan what is sent often once for all of a connection's statements.

With taking.py, which does without cursors, the only place that has statements prepared.
"""

from typing import Any

from django.db.backends.postgresql.base import ServerBindingCursor


def planned(own: Any) -> Any:
    """Return a cursor of a Django connection, for statements that are sent often.

    PostgreSQL is given words and keys beside the statement, and from
    `prepare_threshold` times on need not read and plan it anew: half of what it does
    for an act. Where that is None, and on SQLite, it is a cursor like any other.
    """
    if own.vendor != "postgresql":
        return own.cursor()
    own.ensure_connection()
    driver = own.connection
    if driver.prepare_threshold is None:
        return own.cursor()
    usual, driver.cursor_factory = driver.cursor_factory, ServerBindingCursor
    try:
        return own.cursor()
    finally:
        driver.cursor_factory = usual
