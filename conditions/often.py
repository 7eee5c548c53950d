"""Statements that every act sends: the ORM writes the SQL of each once for all of them.

With saved_often.py the only place that keeps SQL which the ORM wrote. To have it
written anew at each act takes several times as long as the database takes to answer.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    get_related_populators,
)
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from conditions.planned import here, planned

Row = TypeVar("Row")
Kept = TypeVar("Kept")
Sent = TypeVar("Sent", bound=Callable[..., Any])


class Given(Expression):
    """A place in a statement for a key or a word that is known when it is sent."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class Written(Generic[Kept]):
    """What the ORM writes at its first use, for each engine, and what is kept then."""

    def __init__(self, write: Callable[[], Kept]) -> None:
        self.write = write
        self._kept: dict[str, Kept] = {}

    def __call__(self, own: Any) -> Kept:
        """Return what is kept for the engine of a Django connection."""
        vendor = own.vendor
        if vendor not in self._kept:
            self._kept[vendor] = self.write()
        return self._kept[vendor]


def of_several(made: Callable[[list[Given]], Sent]) -> Callable[..., Any]:
    """Let a statement be sent of several values, written once for each number of them.

    Made of a function that takes their places: ``there(["/", "/conditions/"])``.
    """

    @cache
    def of(count: int) -> Sent:
        return made([Given(str(number)) for number in range(count)])

    def send(values: Collection[Any], **given: Any) -> Any:
        numbered = {str(number): value for number, value in enumerate(values)}
        return of(len(values))(**numbered, **given)

    return send


def _filled(places: Iterable[Any], given: Mapping[str, Any]) -> list[Any]:
    return [given[p.name] if isinstance(p, Given) else p for p in places]


class Often(Generic[Row]):
    """A question, made of a function that returns its rows: ``Often(rows)(key=7)``.

    It is made once: what another day or setting would change in it must be given.
    The rows are models, with those that the question selects with them, mappings of
    columns or flat values. What is given are values that each database takes as they
    are: whole numbers, texts, bytes. Raises TransactionManagementError where rows are
    to be locked and no transaction is open.
    """

    def __init__(self, question: Callable[[], QuerySet[Any, Row]]) -> None:
        self._question = question
        self._written = Written(self._write)

    def __call__(self, **given: int | str) -> list[Row]:
        """Return the rows as they are now."""
        own = here()
        if not (written := self._written(own)):
            return []
        sql, places, reading = written
        if reading.locks and not own.in_atomic_block:
            raise TransactionManagementError("Rows are locked within a transaction.")
        with planned(own) as cursor:
            cursor.execute(sql, _filled(places, given))
            return reading.rows(cursor.fetchall())

    def first(self, **given: int | str) -> Row | None:
        """Return the first of the rows, if there is one."""
        return next(iter(self(**given)), None)

    def _write(self) -> "tuple[str, tuple[Any, ...], _Reading] | None":
        """Return what is sent, or None where nothing can be found: one of no values."""
        asked = self._question()
        compiler = asked.query.get_compiler(connection=connection)
        try:
            sql, places = compiler.as_sql()
        except EmptyResultSet:
            return None
        return sql, places, _Reading(asked, compiler)


class _Sent(Generic[Kept]):
    """What is sent without a question, made of a function that says what it is of."""

    def __init__(self, made: Callable[[], Kept]) -> None:
        self._made = made
        self._written = Written(self._write)

    def __call__(self, **given: int | str | bytes | None) -> int:
        """Send it; return how many rows it was of."""
        sql, places = self._written(own := here())
        with planned(own) as cursor:
            cursor.execute(sql, _filled(places, given))
            return int(cursor.rowcount)

    def _write(self) -> tuple[str, tuple[Any, ...]]:
        raise NotImplementedError


class Changed(_Sent[tuple[QuerySet[Any], dict[str, Any]]]):
    """A change, made of a function that returns rows and the values that they get.

    ``Changed(lambda: (rows, {"wanted": F("wanted") + 1}))(page=7)``
    """

    def _write(self) -> tuple[str, tuple[Any, ...]]:
        rows, values = self._made()
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(values)
        sql, places = query.get_compiler(connection=connection).as_sql()
        return sql, places


class Added(_Sent[Sequence[Model]]):
    """New rows, made of a function that returns them: one that is there stays as it is.

    ``Added(lambda: [Printed(address=Given("address"))])(address="/")``
    """

    def _write(self) -> tuple[str, tuple[Any, ...]]:
        rows = self._made()
        model = type(rows[0])
        query = InsertQuery(model, on_conflict=OnConflict.IGNORE)
        query.insert_values(model._meta.concrete_fields, list(rows))
        ((sql, places),) = query.get_compiler(connection=connection).as_sql()
        return sql, places


class _Reading:
    """How what a database answers becomes the rows that the question is for."""

    def __init__(self, asked: QuerySet[Any], compiler: SQLCompiler) -> None:
        self.locks = asked.query.select_for_update
        self._model, self._kind = asked.model, asked._iterable_class
        selected = [expression for expression, _, _ in compiler.select]
        self._converters = compiler.get_converters(selected)
        self._convert = compiler.apply_converters
        if not issubclass(self._kind, ModelIterable):
            self._columns = list(asked.query.selected or asked.query.values_select)
            return
        its_own = compiler.klass_info["select_fields"]
        self._own = slice(its_own[0], its_own[-1] + 1)
        self._columns = [field.target.attname for field in selected[self._own]]
        with_it: Any = compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS
        self._related = get_related_populators(*with_it)
        self._more = compiler.annotation_col_map or {}

    def rows(self, found: list[Any]) -> list[Any]:
        if self._converters:
            found = list(self._convert(found, self._converters))
        if issubclass(self._kind, ModelIterable):
            return [self._made(row) for row in found]
        if issubclass(self._kind, FlatValuesListIterable):
            return [row[0] for row in found]
        return [dict(zip(self._columns, row, strict=True)) for row in found]

    def _made(self, row: Any) -> Any:
        one = self._model.from_db(DEFAULT_DB_ALIAS, self._columns, row[self._own])
        for related in self._related:
            related.populate(row, one)
        for name, place in self._more.items():
            setattr(one, name, row[place])
        return one
