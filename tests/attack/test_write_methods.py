"""Every write method that Django gives a model: refused, or nothing but a row more.

A method that a later Django adds has no row here, and fails the first test. `make
attack` tries all models, `make test` those that readers depend on.
"""

import os

import pytest
from asgiref.sync import async_to_sync
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from conditions.models import Edition, Page
from conditions.write_once import RefusedWrite
from editorial import guards
from editorial.models import (
    Comment,
    LostText,
    Reading,
    RefusedSigning,
    Summary,
    WrittenReason,
)
from tests.attack.conftest import TRIED
from tests.builders import settle

pytestmark = pytest.mark.django_db

READS = frozenset(
    [
        "aaggregate",
        "acontains",
        "acount",
        "aearliest",
        "aexists",
        "aexplain",
        "afirst",
        "aget",
        "aggregate",
        "ain_bulk",
        "aiterator",
        "alast",
        "alatest",
        "alias",
        "all",
        "annotate",
        "as_manager",
        "complex_filter",
        "contains",
        "count",
        "dates",
        "datetimes",
        "db",
        "defer",
        "difference",
        "distinct",
        "earliest",
        "exclude",
        "exists",
        "explain",
        "extra",
        "filter",
        "first",
        "get",
        "in_bulk",
        "intersection",
        "iterator",
        "last",
        "latest",
        "none",
        "only",
        "order_by",
        "ordered",
        "prefetch_related",
        "query",
        "raw",
        "resolve_expression",
        "reverse",
        "select_for_update",
        "select_related",
        "union",
        "using",
        "values",
        "values_list",
    ]
)
WRITES = {
    "update": lambda rows, one: rows.update(**same(one)),
    "bulk_update": lambda rows, one: rows.bulk_update([one], list(same(one))),
    "bulk_create": lambda rows, one: rows.bulk_create([one]),
    "create": lambda rows, one: rows.create(**columns(one)),
    "get_or_create": lambda rows, one: rows.get_or_create(pk=-1, defaults=columns(one)),
    "update_or_create": lambda rows, one: rows.update_or_create(
        pk=one.pk, defaults=same(one)
    ),
    "delete": lambda rows, one: rows.filter(pk=one.pk).delete(),
}
# What only adds rows, and no row that a reader sees: `verify` misses their log entry.
ADDED = ("create", "get_or_create")
GROWS = [
    *(model for model in guards.kept_models() if "historical" in model._meta.db_table),
    RefusedSigning,
    LostText,
    WrittenReason,
    Comment,
    Reading,
]
GROWS.remove(Summary.history.model)
MODELS = [Summary, Page, Edition, Summary.history.model]
if os.environ.get("ATTACK"):
    MODELS = [*guards.kept_models(), Summary, Page]


def same(row):
    """A column as it is, for an UPDATE all the same; of a page, what readers see."""
    if isinstance(row, Page):
        row.live_edition = None
        return {"live_edition": None}
    field = next(f for f in row._meta.local_concrete_fields if not f.primary_key)
    return {field.name: getattr(row, field.name)}


def columns(row):
    fields = row._meta.local_concrete_fields
    return {f.attname: getattr(row, f.attname) for f in fields if not f.primary_key}


def test_every_method_of_a_queryset_is_known():
    public = {name for name in dir(QuerySet) if not name.startswith("_")}

    assert public - READS == WRITES.keys() | {f"a{name}" for name in WRITES}


def refusal(write):
    """Do it as if it were to be committed; return how it was refused, or ""."""
    try:
        with transaction.atomic():
            write()
            with connection.cursor() as cursor:
                settle(cursor)
            transaction.set_rollback(True)
    except (DatabaseError, RefusedWrite) as refused:
        return str(refused).split("\n")[0]
    return ""


class Twins:
    """A queryset whose every method is the asynchronous one of that name."""

    def __init__(self, rows):
        self.rows = rows

    def filter(self, **where):
        return Twins(self.rows.filter(**where))

    def __getattr__(self, name):
        method = getattr(self.rows, f"a{name}")

        async def called(*args, **named):
            return await method(*args, **named)

        return async_to_sync(called)


HOW = {
    "manager": lambda model: model._default_manager.all(),
    "past it": QuerySet,
    "async": lambda model: Twins(model._default_manager.all()),
    "async past it": lambda model: Twins(QuerySet(model)),
}


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
def test_a_write_method_alters_nothing(world, model, name, how):
    rows = HOW[how](model)
    one = QuerySet(model).filter(**live(model)).order_by("pk").first()

    answer = refusal(lambda: WRITES[name](rows, one))

    added = name in ADDED and model in GROWS
    TRIED.append(("ORM", f"{model.__name__} {name}", answer or "a row more"))
    assert bool(answer) != added


def live(model):
    return {"live_edition__isnull": False} if model is Page else {}
