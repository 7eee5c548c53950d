"""How SQLite is given a guard, and how it is asked which ones it has."""

from typing import Any


def create(guard: Any) -> list[str]:
    """Return the statements that install a guard."""
    return [expected(guard)]


def expected(guard: Any) -> str:
    """Return the text that SQLite keeps of a guard."""
    when = guard.when.replace("IS DISTINCT FROM", "IS NOT")
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{guard.table} {guard.what}'); END"
    )


def installed(cursor: Any) -> dict[str, str]:
    """Return every trigger on our tables by name, with its text."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
        "AND (tbl_name LIKE 'conditions@_%' ESCAPE '@' "
        "OR tbl_name LIKE 'editorial@_%' ESCAPE '@')"
    )
    return dict(cursor.fetchall())


def drop(cursor: Any) -> list[str]:
    """Return the statements that take every guard away."""
    return [f'DROP TRIGGER "{name}"' for name in installed(cursor)]
