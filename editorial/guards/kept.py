"""Rows that are written once: no change, no deletion, no row put in another's place."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from conditions.models import Page
from conditions.write_once import WrittenOnce
from editorial.guards.guard import Guard


def kept_models() -> list[type[models.Model]]:
    """Return the models whose rows are written once: ours, and every history."""
    return [
        model
        for app in ("conditions", "editorial")
        for model in apps.get_app_config(app).get_models()
        if issubclass(model, WrittenOnce) or hasattr(model, "history_object")
    ]


def guards() -> Iterator[Guard]:
    """Yield what keeps every row of those models, and of the two that are worked on."""
    for model in kept_models():
        table = model._meta.db_table
        yield Guard(table, "UPDATE", "kept", "is written once")
        yield Guard(table, "DELETE", "kept", "is kept for ever")
        yield _in_nobodys_place(model)
    for model in (apps.get_model("editorial.Summary"), Page):
        yield _in_nobodys_place(model)


def numbered(table: str, number: str, within: str = "") -> Guard:
    """Let a table's rows be 1, 2, 3 and so on, within each value of a column if any."""
    same = f" WHERE o.{within} = NEW.{within}" if within else ""
    newest = f"(SELECT COALESCE(MAX(o.{number}), 0) FROM {table} o{same})"
    return Guard(
        table,
        "INSERT",
        "numbered",
        "is numbered without gaps",
        f"NEW.{number} = 1 + {newest}",
    )


def _in_nobodys_place(model: type[models.Model]) -> Guard:
    """SQLite's REPLACE deletes the row in its way and fires no trigger of DELETE."""
    table = model._meta.db_table
    there = " OR ".join(f"({key})" for key in _unique(model))
    must = f"NOT EXISTS (SELECT 1 FROM {table} o WHERE {there})"
    return Guard(table, "INSERT", "once", "is there already", must, only="sqlite")


def _unique(model: type[models.Model]) -> Iterator[str]:
    """Yield, for each unique key, that another row `o` has the same."""
    meta = model._meta
    for field in meta.local_fields:
        if field.unique:
            yield _same([field.column])
    columns = {field.name: field.column for field in meta.local_fields}
    for names in meta.unique_together:
        yield _same([columns[name] for name in names])
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert constraint.fields, f"{constraint.name}: say its fields"
            same = _same([columns[name] for name in constraint.fields])
            yield same + _condition(model, constraint)


def _same(columns: list[Any]) -> str:
    return " AND ".join(f"o.{column} = NEW.{column}" for column in columns)


def _condition(model: type[models.Model], constraint: Any) -> str:
    """A key that is unique among some rows alone: both must be of these."""
    editor = connection.schema_editor()
    if not (sql := constraint._get_condition_sql(model, editor)):
        return ""
    both = (re.sub(r'(?:"\w+"\.)?"(\w+)"', rf"{row}.\1", sql) for row in ("o", "NEW"))
    return "".join(f" AND ({of_row})" for of_row in both)
