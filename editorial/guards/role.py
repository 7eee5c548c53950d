"""The role that a public site runs as on PostgreSQL: it owns nothing, so that it can
neither lift a guard nor change what is kept.

Writes statements and runs none; the owner of the tables does.
"""

from collections.abc import Iterator
from typing import Any

from editorial.guards.guard import Guard

# What only `migrate` writes.
_OWNERS = ("django_migrations",)


def statements(connection: Any, name: str, declared: list[Guard]) -> Iterator[str]:
    """Yield what makes the role, or puts right one that is there."""
    quote = connection.ops.quote_name
    role = quote(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_database()")
        schema, database = map(quote, cursor.fetchone())
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        tables = sorted(connection.introspection.table_names(cursor))
    yield (
        f"{verb} ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT "
        "NOREPLICATION NOBYPASSRLS"
    )
    yield f"REVOKE ALL ON DATABASE {database} FROM PUBLIC"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {role}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    for table in tables:
        yield f"GRANT {_may(table, declared)} ON {quote(table)} TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}"
    # A table that a later migration makes is closed further when this is run again.
    later = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT"
    yield f"{later} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}"
    yield f"{later} USAGE, SELECT ON SEQUENCES TO {role}"


def _may(table: str, declared: list[Guard]) -> str:
    """Leave out each right that a guard refuses whatever the row."""
    if table in _OWNERS:
        return "SELECT"
    never = {g.event for g in declared if g.table == table and g.rule == "kept"}
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE")
    return ", ".join(right for right in rights if right not in never)
