"""The only place that locks rows, and the one order in which an act locks them.

Readers' reports, accounts, conditions, questions, summaries, sources, bylines,
credentials; of one kind by their keys. An act locks all that it needs before it writes
its first record; a page, its editions and its plans are held by the lock of their
summary. What locks for everybody, as the next number of a log does, comes after all of
these. So of two acts one waits for the other, and never each for the other.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def held(rows: QuerySet[Row]) -> list[Row]:
    """Return the rows as they are now, held until the transaction ends.

    The weaker lock, which still keeps out every other act: a record that merely names
    one of the rows, as all history does its author, needs not wait for it.
    """
    locked = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    return list(locked)


def held_one(model: type[Row], pk: object) -> Row:
    """Return the row of that key, held; it is never deleted."""
    (row,) = held(model._default_manager.filter(pk=pk))
    return row
