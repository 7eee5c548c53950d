"""Has each engine read a statement that is sent often once, as far as it can.

With taking.py, which does without cursors, the only place that has statements prepared.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.sqlite3.base import SQLiteCursorWrapper


def here() -> Any:
    """Return the connection itself: each look through the proxy takes a microsecond."""
    return connections[DEFAULT_DB_ALIAS]


def planned(own: Any) -> Any:
    """Return a cursor of a Django connection, for statements that are sent often.

    PostgreSQL is given words and keys beside the statement, and from
    `prepare_threshold` times on need not read and plan it anew: half of what it does
    for an act. Where that is None it is a cursor like any other. SQLite keeps what it
    planned by itself, for a statement in its own way of writing.
    """
    own.ensure_connection()
    driver = own.connection
    if own.vendor == "sqlite":
        return own._prepare_cursor(driver.cursor(factory=_InItsOwnWay))
    if driver.prepare_threshold is None:
        return own.cursor()
    usual, driver.cursor_factory = driver.cursor_factory, ServerBindingCursor
    try:
        return own.cursor()
    finally:
        driver.cursor_factory = usual


class _InItsOwnWay(SQLiteCursorWrapper):
    """A cursor that turns each statement from Django's way of writing once."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        if query not in _turned:
            _turned[query] = super().convert_query(query)
        return _turned[query]


_turned: dict[str, str] = {}
