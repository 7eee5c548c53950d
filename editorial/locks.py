"""The only place that locks rows, and the one order in which an act locks them.

How far a job of the worker came, readers' reports, accounts, conditions, questions,
summaries, sources, bylines, credentials; of one kind by their keys. An act locks all
that it needs before it writes its first record; a page, its editions and its plans are
held by the lock of their summary. What locks for everybody, as the next number of a log
does, comes after all of these. So of two acts one waits for the other, and never each
for the other.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from conditions.often import Given, Often

Row = TypeVar("Row", bound=Model)


def held(rows: QuerySet[Row]) -> list[Row]:
    """Return the rows as they are now, held until the transaction ends."""
    return list(_holding(rows))


def held_one(model: type[Row], pk: int | str) -> Row:
    """Return the row of that key, held; it is never deleted."""
    (row,) = _one(model)(key=pk)
    return row


def _holding(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Select the rows with the weaker lock, which still keeps out every other act.

    A record that merely names one of them, as all history does its author, needs not
    wait for it.
    """
    return rows.order_by("pk").select_for_update(of=("self",), no_key=True)


@cache
def _one(model: type[Row]) -> Often[Row]:
    return Often(lambda: _holding(model._default_manager.filter(pk=Given("key"))))


@contextmanager
def alone(number: int) -> Iterator[bool]:
    """Say whether no other process does what has this number, and keep them from it.

    For what lasts longer than a transaction. It ends with the process, however that
    ends: a note of who is at work would stand there after a kill.
    """
    on_server = connection.vendor == "postgresql"
    with _on_server(number) if on_server else _on_machine(number) as free:
        yield free


@contextmanager
def _on_server(number: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        (free,) = cursor.fetchone()
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextmanager
def _on_machine(number: int) -> Iterator[bool]:
    """Beside the file of the database, which is on one machine."""
    with beside_the_file(number).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def beside_the_file(number: int) -> Path:
    """Return the file that a process holds, which it never writes."""
    return Path(f"{connection.settings_dict['NAME']}.{number}.lock")
