"""Guards in the database behind laws 1 and 3, on SQLite and on PostgreSQL.

Triggers that refuse, whoever asks and in whatever SQL. Dropped before every migrate
(SQLite remakes tables and loses them silently), installed after, compared by `check`
and by /readyz. The only module that writes triggers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models

from conditions.write_once import WrittenOnce

LIVE = (
    "(SELECT p.edition_id FROM conditions_publication p WHERE p.page_id = NEW.id "
    "AND p.kind <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM conditions_publication q "
    "WHERE q.page_id = p.page_id AND q.number > p.number))"
)


@dataclass(frozen=True)
class Guard:
    """Refuse an event on a table where a condition over NEW and OLD holds."""

    table: str
    event: str
    what: str
    when: str = "1 = 1"

    @property
    def name(self) -> str:
        return f"guard_{self.table}_{self.event.lower()}"


def guards() -> Iterator[Guard]:
    """Yield every guard; the one declaration that both engines are given."""
    for model in kept_models():
        table = model._meta.db_table
        yield Guard(table, "UPDATE", "is written once")
        yield Guard(table, "DELETE", "is kept for ever")
        yield Guard(table, "INSERT", "is there already", _there_already(model))
    yield Guard("editorial_summary", "DELETE", "is set aside, never deleted")
    page = "conditions_page"
    yield Guard(page, "DELETE", "is withdrawn, never deleted")
    yield Guard(page, "INSERT", "has no edition yet", "NEW.live_edition_id IS NOT NULL")
    yield Guard(
        page,
        "UPDATE",
        "has its address for ever, and shows its newest publication",
        f"NEW.live_edition_id IS DISTINCT FROM {LIVE} OR "
        "(NEW.condition_id, NEW.question_id, NEW.language) <> "
        "(OLD.condition_id, OLD.question_id, OLD.language)",
    )


def kept_models() -> list[type[models.Model]]:
    """Return the models whose rows are written once: ours, and every history."""
    return [
        model
        for app in ("conditions", "editorial")
        for model in apps.get_app_config(app).get_models()
        if issubclass(model, WrittenOnce) or hasattr(model, "history_object")
    ]


def _there_already(model: type[models.Model]) -> str:
    """Over each unique key, because SQLite's REPLACE slips past a DELETE trigger."""
    meta = model._meta
    keys = [
        (meta.pk.column,),
        *((f.column,) for f in meta.local_fields if f.unique and not f.primary_key),
        *(
            tuple(meta.get_field(name).column for name in constraint.fields)
            for constraint in meta.constraints
            if isinstance(constraint, models.UniqueConstraint)
        ),
    ]
    same = (" AND ".join(f"o.{c} = NEW.{c}" for c in key) for key in keys)
    where = " OR ".join(f"({key})" for key in same)
    return f"EXISTS (SELECT 1 FROM {meta.db_table} o WHERE {where})"


def install(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Give the database every guard whose table exists, and no other."""
    drop(alias)
    engine = _engine(alias)
    with connections[alias].cursor() as cursor:
        for guard in _guards_of_tables_in(alias):
            for statement in engine.create(guard):
                cursor.execute(statement)


def drop(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Take every guard away; for migrations and for the flush between tests alone."""
    with connections[alias].cursor() as cursor:
        for statement in _engine(alias).drop(cursor):
            cursor.execute(statement)


def differences(alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return a sentence for each guard that is missing, altered or not ours."""
    engine = _engine(alias)
    with connections[alias].cursor() as cursor:
        found = engine.installed(cursor)
    wanted = {g.name: engine.expected(g) for g in _guards_of_tables_in(alias)}
    missing = [f"{name} is missing" for name in sorted(wanted.keys() - found.keys())]
    unknown = [f"{name} is not ours" for name in sorted(found.keys() - wanted.keys())]
    both = sorted(wanted.keys() & found.keys())
    return (
        missing
        + unknown
        + [f"{name} is altered" for name in both if wanted[name] != found[name]]
    )


def _guards_of_tables_in(alias: str) -> list[Guard]:
    tables = set(connections[alias].introspection.table_names())
    return [guard for guard in guards() if guard.table in tables]


def _engine(alias: str) -> Any:
    from editorial import guards_postgresql, guards_sqlite

    vendor = connections[alias].vendor
    return guards_sqlite if vendor == "sqlite" else guards_postgresql
