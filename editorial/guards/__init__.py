"""Guards in the database behind laws 1 to 4, on SQLite and on PostgreSQL.

Triggers that refuse, whoever asks and in whatever SQL. Dropped before every migrate
(SQLite remakes tables and loses them silently), installed after, even where it failed;
compared by `check` and by /readyz. The only room that writes triggers.
"""

from types import ModuleType
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from editorial.guards import postgresql, role, sqlite
from editorial.guards.declared import guards
from editorial.guards.guard import Guard
from editorial.guards.kept import kept_models

__all__ = (
    "differences",
    "drop",
    "guards",
    "install",
    "kept_models",
    "role_statements",
    "too_old",
)

# The one that knows IS DISTINCT FROM, and the oldest that its makers still mend.
OLDEST = {"sqlite": ("SQLite", (3, 39)), "postgresql": ("PostgreSQL", (14, 0))}


def install(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Give the database every guard whose table exists, and no other."""
    engine = _engine(alias)
    with transaction.atomic(alias), connections[alias].cursor() as cursor:
        engine.run(cursor, engine.drop(cursor))
        declared = _declared(alias, there=_tables(cursor))
        engine.run(
            cursor, [line for guard in declared for line in engine.create(guard)]
        )


def drop(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Take every guard away; for migrations and for the flush between tests alone."""
    engine = _engine(alias)
    with connections[alias].cursor() as cursor:
        engine.run(cursor, engine.drop(cursor))


def differences(alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return a sentence for each guard that is missing, altered or not ours."""
    engine = _engine(alias)
    with connections[alias].cursor() as cursor:
        found = engine.installed(cursor)
    wanted = {g.name: engine.expected(g) for g in _declared(alias)}
    missing = sorted(wanted.keys() - found.keys())
    unknown = sorted(found.keys() - wanted.keys())
    shared = sorted(wanted.keys() & found.keys())
    return [
        *(f"{name} is missing" for name in missing),
        *(f"{name} is not ours" for name in unknown),
        *(f"{name} is altered" for name in shared if wanted[name] != found[name]),
    ]


def too_old(alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return a sentence where the engine is older than what the guards need."""
    connection = connections[alias]
    name, oldest = OLDEST[connection.vendor]
    version = _engine(alias).version(connection)
    if version >= oldest:
        return []
    has, needs = (".".join(map(str, numbers)) for numbers in (version, oldest))
    return [f"{name} {has} is too old: the guards need {needs} or newer."]


def role_statements(name: str, alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the SQL of the role that a site runs as on PostgreSQL."""
    return list(role.statements(connections[alias], name, _declared(alias)))


def _declared(alias: str, there: set[str] | None = None) -> list[Guard]:
    """Return the guards of an engine; of tables that are there, or of all."""
    vendor = connections[alias].vendor
    return [
        guard
        for guard in guards()
        if guard.is_for(vendor) and (there is None or guard.table in there)
    ]


def _tables(cursor: Any) -> set[str]:
    return set(cursor.db.introspection.table_names(cursor))


def _engine(alias: str) -> ModuleType:
    return sqlite if connections[alias].vendor == "sqlite" else postgresql
