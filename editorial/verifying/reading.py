"""How `verify` reads: one snapshot of the database, every table as a stream.

No row is made an object, and no table is held in memory. Reads only.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

from editorial import kept_rows

CHUNK = 500
Values = dict[str, Any]


class Unreadable(Exception):
    """A row whose columns are not of their types: SQLite stores whatever comes."""

    def __init__(self, row: str, why: Exception) -> None:
        super().__init__(row)
        self.row, self.why = row, f"{type(why).__name__}: {why}"


@contextmanager
def snapshot() -> Iterator[None]:
    """Let every query within see one moment, while others go on writing."""
    connection.ensure_connection()
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Ours begin as writers, and would stop the desk for as long as this takes.
        wrapper: Any = connection
        mode, wrapper.transaction_mode = wrapper.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            wrapper.transaction_mode = mode


class Reader:
    """Streams of rows, which are counted as they pass."""

    def __init__(self, tick: Callable[[], object]) -> None:
        self._tick = tick
        self.counts: Counter[str] = Counter()

    def rows(self, model: type[models.Model], *order: str) -> Iterator[Values]:
        """Yield every row's columns; raise Unreadable where one cannot be read."""
        table, tick = model._meta.db_table, self._tick
        try:
            for values in model._base_manager.order_by(*order).values().iterator(CHUNK):
                self.counts[table] += 1
                tick()
                yield values
        except Exception as error:
            _name_it(model, error)
            raise


def _name_it(model: type[models.Model], error: Exception) -> None:
    """Raise Unreadable if it was a row's fault; read one by one, it fails again."""
    for (pk,) in model._base_manager.order_by("pk").values_list("pk"):
        try:
            model._base_manager.filter(pk=pk).values().get()
        except Exception as again:
            raise Unreadable(kept_rows.name(model, pk), again) from error


def total(tables: list[type[models.Model]]) -> int:
    """Return how many rows will be read."""
    return sum(model._base_manager.count() for model in tables)
