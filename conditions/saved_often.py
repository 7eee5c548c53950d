"""Rows that acts save: the ORM writes the SQL of each save once for all of them.

What is saved, how a field stores a value, and the signals on either side stay the
ORM's.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connections, models
from django.db.models.sql import InsertQuery, UpdateQuery

from conditions.often import Given

# By what it is for, the engine, the model and the fields.
_written: dict[tuple[Any, ...], str] = {}


class SavedOften(models.Model):
    """A row whose INSERT and UPDATE are written once a process, engine and fields.

    It overrides two methods that `Model.save` calls. Values are given: no expression.
    """

    class Meta:
        abstract = True

    def _do_insert(
        self, manager: Any, using: str, fields: Any, returning_fields: Any, raw: bool
    ) -> list[Any]:
        def written() -> str:
            query = InsertQuery(type(self))
            query.insert_values(fields, [self], raw=raw)
            compiler = query.get_compiler(using=using)
            compiler.returning_fields = returning_fields
            ((sql, _),) = compiler.as_sql()
            return str(sql)

        connection = connections[using]
        of = type(self), [*fields, *returning_fields]
        sql = _once(connection.vendor, "INSERT", *of, written)
        given = (
            getattr(self, f.attname) if raw else f.pre_save(self, True) for f in fields
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, _stored(fields, given, connection))
            return [cursor.fetchone()] if returning_fields else []

    def _do_update(  # type: ignore[override]  # as Django 5.2 has it; 6 returns rows
        self,
        base_qs: models.QuerySet[Any],
        using: str,
        pk_val: Any,
        values: Any,
        update_fields: Any,
        forced_update: Any,
    ) -> bool:
        fields = [field for field, _, _ in values]

        def written() -> str:
            query: Any = base_qs.filter(pk=Given("pk")).query.chain(UpdateQuery)
            query.add_update_fields([(f, None, Given(f.attname)) for f in fields])
            return str(query.get_compiler(using=using).as_sql()[0])

        connection = connections[using]
        sql = _once(connection.vendor, "UPDATE", type(self), fields, written)
        stored = _stored(fields, [value for _, _, value in values], connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*stored, pk_val])
            return bool(cursor.rowcount)


def _once(
    vendor: str,
    verb: str,
    model: type[models.Model],
    fields: Iterable[Any],
    written: Callable[[], str],
) -> str:
    key = (vendor, verb, model, *(field.attname for field in fields))
    if key not in _written:
        _written[key] = written()
    return _written[key]


def _stored(fields: Any, values: Iterable[Any], connection: Any) -> list[Any]:
    pairs = zip(fields, values, strict=True)
    return [field.get_db_prep_save(value, connection) for field, value in pairs]
