"""Questions that every act asks: the ORM writes the SQL of each once for all of them.

The only place that keeps SQL which the ORM wrote. To have it written anew at each act
takes several times as long as the database takes for the answer.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")


class Given(Expression):
    """A place in a question for a key or a word that is known when it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class Often(Generic[Row]):
    """A question, made of a function that returns its rows: ``Often(rows)(key=7)``.

    The rows are models, each without those that it refers to, mappings of columns or
    flat values. What is given are whole numbers and texts, which each database takes as
    they are.
    """

    def __init__(self, question: Callable[[], QuerySet[Any, Row]]) -> None:
        self._question = question
        self._written: dict[str, _Written] = {}

    def __call__(self, **given: int | str) -> list[Row]:
        """Return the rows as they are now."""
        sql, places, reading = self._sql()
        filled = [given[p.name] if isinstance(p, Given) else p for p in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            return reading.rows(cursor.fetchall())

    def _sql(self) -> "_Written":
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._write()
        return self._written[connection.vendor]

    def _write(self) -> "_Written":
        asked = self._question()
        if asked.query.select_for_update:
            raise ValueError("Rows are locked by editorial.locks alone.")
        compiler = asked.query.get_compiler(connection=connection)
        sql, places = compiler.as_sql()
        return sql, places, _Reading(asked, compiler)


_Written = tuple[str, tuple[Any, ...], "_Reading"]


class _Reading:
    """How what a database answers becomes the rows that the question is for."""

    def __init__(self, asked: QuerySet[Any], compiler: SQLCompiler) -> None:
        self._model, self._kind = asked.model, asked._iterable_class
        selected = [expression for expression, _, _ in compiler.select]
        self._columns = [field.target.attname for field in selected]
        self._converters = compiler.get_converters(selected)
        self._convert = compiler.apply_converters

    def rows(self, found: list[Any]) -> list[Any]:
        if self._converters:
            found = list(self._convert(found, self._converters))
        if issubclass(self._kind, ModelIterable):
            made = self._model.from_db
            return [made(connection.alias, self._columns, row) for row in found]
        if issubclass(self._kind, FlatValuesListIterable):
            return [row[0] for row in found]
        return [dict(zip(self._columns, row, strict=True)) for row in found]
