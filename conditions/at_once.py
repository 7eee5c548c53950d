"""Writes that wait for nobody: where another act holds the place, they are left out.

For what can be made again at any time, and must hold no reader up.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def at_once(patience: int = 0) -> Iterator[None]:
    """Write inside; raises django.db.OperationalError instead of waiting for a lock.

    `patience` is for how many milliseconds SQLite waits, which has one writer at a
    time; PostgreSQL waits for 20.
    """
    if connection.vendor == "sqlite":
        with _impatient(patience), transaction.atomic():
            yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20ms'")
        # Lost with the server, it is printed again.
        cursor.execute("SET LOCAL synchronous_commit = off")
        yield


@contextmanager
def _impatient(patience: int) -> Iterator[None]:
    usual = connection.settings_dict["OPTIONS"]["timeout"] * 1000
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {patience}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
