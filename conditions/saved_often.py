"""Rows that acts save: the ORM writes the SQL of each save once for all of them.

What is saved, how a field stores a value, and the signals on either side stay the
ORM's. What the database made of a new row comes back with its key: the log needs it.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.db import connection, connections, models
from django.db.models.sql import InsertQuery, UpdateQuery

from conditions.often import Given, Written
from conditions.planned import planned


class SavedOften(models.Model):
    """A row whose INSERT and UPDATE are written once a process, engine and fields.

    It overrides two methods that `Model.save` calls. Values are given: no expression.
    """

    # The columns of a row that was inserted just now, as `QuerySet.values()` has them.
    as_stored: dict[str, Any]

    class Meta:
        abstract = True

    def _do_insert(
        self, manager: Any, using: str, fields: Any, returning_fields: Any, raw: bool
    ) -> list[Any]:
        own = connections[using]
        names = tuple(field.attname for field in fields)
        sql, read = _insert(type(self), names, bool(returning_fields))(own)
        given = (
            getattr(self, f.attname) if raw else f.pre_save(self, True) for f in fields
        )
        with planned(own) as cursor:
            cursor.execute(sql, _stored(fields, given, own))
            if not returning_fields:
                return []
            self.as_stored = read(cursor.fetchone())
        return [tuple(self.as_stored[field.attname] for field in returning_fields)]

    def _do_update(  # type: ignore[override]  # as Django 5.2 has it; 6 returns rows
        self,
        base_qs: models.QuerySet[Any],
        using: str,
        pk_val: Any,
        values: Any,
        update_fields: Any,
        forced_update: Any,
    ) -> bool:
        own = connections[using]
        fields = [field for field, _, _ in values]
        sql = _update(type(self), tuple(field.attname for field in fields))(own)
        stored = _stored(fields, [value for _, _, value in values], own)
        with planned(own) as cursor:
            cursor.execute(sql, [*stored, pk_val])
            return bool(cursor.rowcount)


@cache
def _insert(
    model: type[models.Model], names: tuple[str, ...], returning: bool
) -> Written[tuple[str, Callable[[Any], dict[str, Any]]]]:
    told = model._meta.concrete_fields

    def write() -> tuple[str, Callable[[Any], dict[str, Any]]]:
        query = InsertQuery(model)
        fields: Any = [model._meta.get_field(name) for name in names]
        query.insert_values(fields, [model()], raw=True)
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = told if returning else ()
        ((sql, _),) = compiler.as_sql()
        columns = [field.get_col(model._meta.db_table) for field in told]
        converters = compiler.get_converters(columns)

        def read(row: Any) -> dict[str, Any]:
            (values,) = compiler.apply_converters([row], converters)
            return {f.attname: one for f, one in zip(told, values, strict=True)}

        return str(sql), read

    return Written(write)


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> Written[str]:
    def write() -> str:
        fields: Any = [model._meta.get_field(name) for name in names]
        rows = model._base_manager.filter(pk=Given("pk"))
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_fields([(f, None, Given(f.attname)) for f in fields])
        return str(query.get_compiler(connection=connection).as_sql()[0])

    return Written(write)


def _stored(fields: Any, values: Iterable[Any], connection: Any) -> list[Any]:
    pairs = zip(fields, values, strict=True)
    return [field.get_db_prep_save(value, connection) for field, value in pairs]
