"""Guards in the database behind laws 1 to 3, on SQLite and on PostgreSQL.

Triggers that refuse, whoever asks and in whatever SQL. Dropped before every migrate
(SQLite remakes tables and loses them silently), installed after, compared by `check`
and by /readyz. The only room that writes triggers.
"""

from types import ModuleType

from django.db import DEFAULT_DB_ALIAS, connections

from editorial.guards import postgresql, sqlite
from editorial.guards.declared import Guard, guards, kept_models

__all__ = ("differences", "drop", "guards", "install", "kept_models")


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
    missing = sorted(wanted.keys() - found.keys())
    unknown = sorted(found.keys() - wanted.keys())
    shared = sorted(wanted.keys() & found.keys())
    return [
        *(f"{name} is missing" for name in missing),
        *(f"{name} is not ours" for name in unknown),
        *(f"{name} is altered" for name in shared if wanted[name] != found[name]),
    ]


def _guards_of_tables_in(alias: str) -> list[Guard]:
    tables = set(connections[alias].introspection.table_names())
    return [guard for guard in guards() if guard.table in tables]


def _engine(alias: str) -> ModuleType:
    return sqlite if connections[alias].vendor == "sqlite" else postgresql
