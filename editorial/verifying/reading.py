"""How `verify` reads: one snapshot of the database, every table as a stream.

No row is made an object, and no table is held in memory. Reads only.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction

from editorial import kept_rows

CHUNK = 500
TYPES = (
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.DateTimeField, datetime),
    (models.DateField, date),
    (models.JSONField, list),
)
# On SQLite Django reads any text that is none of these as an empty column, and as False
# whatever is not 1.
MISREAD = (models.DateField, models.JSONField, models.BooleanField)
ODD = "odd_"
Values = dict[str, Any]


class Unreadable(Exception):
    """A row whose columns are not of their types: SQLite stores whatever comes."""

    def __init__(self, row: str, why: str) -> None:
        super().__init__(row)
        self.row, self.why = row, why


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
        table, types = model._meta.db_table, _types(model)
        rows = model._base_manager.order_by(*order).values()
        if odd := {ODD + field.attname: _odd(field) for field in _misread(model)}:
            rows = rows.annotate(**odd)
        try:
            for values in rows.iterator(CHUNK):
                self.counts[table] += 1
                self._tick()
                if types:
                    _look(model, values, types)
                yield values
        except Unreadable:
            raise
        except Exception as error:
            _name_it(model, error)
            raise


def _types(model: type[models.Model]) -> dict[str, type]:
    """Return the types to look for; none where the database holds to them itself."""
    if connection.vendor != "sqlite":
        return {}
    return {field.attname: _type(field) for field in model._meta.concrete_fields}


def _misread(model: type[models.Model]) -> list[Any]:
    """Return the fields that can be read as empty or False and hold something else."""
    if connection.vendor != "sqlite":
        return []
    return [one for one in model._meta.concrete_fields if isinstance(one, MISREAD)]


def _odd(field: Any) -> models.Q:
    """Ask for what the column holds: of a date, anything; of yes and no, neither."""
    there = models.Q(**{f"{field.attname}__isnull": False})
    if isinstance(field, models.BooleanField):
        return there & ~models.Q(**{f"{field.attname}__in": (True, False)})
    return there


def _type(field: Any) -> type:
    target = getattr(field, "target_field", field)
    return next((known for kind, known in TYPES if isinstance(target, kind)), str)


def _look(model: type[models.Model], values: Values, types: dict[str, type]) -> None:
    for column, type_ in types.items():
        value, odd = values[column], values.pop(ODD + column, False)
        misread = value is None or type_ is bool
        if odd if misread else type(value) is not type_:
            name = kept_rows.name(model, values[model._meta.pk.attname])
            raise Unreadable(name, f"{column} holds no {type_.__name__}")


def _name_it(model: type[models.Model], error: Exception) -> None:
    """Raise Unreadable if it was a row's fault; read one by one, it fails again."""
    for (pk,) in model._base_manager.order_by("pk").values_list("pk"):
        try:
            model._base_manager.filter(pk=pk).values().get()
        except Exception as again:
            why = f"{type(again).__name__}: {again}"
            raise Unreadable(kept_rows.name(model, pk), why) from error


def total(tables: list[type[models.Model]]) -> int:
    """Return how many rows will be read."""
    return sum(model._base_manager.count() for model in tables)
