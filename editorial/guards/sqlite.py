"""How SQLite is given a guard, and how it is asked which ones it has.

The hash in a guard is a function that our own connections register: a client that is
not ours fails closed ("no such function").
"""

import hashlib
from typing import Any

from editorial.guards.guard import Guard, in_words_of

# Its own words for those of guard.py.
_WORDS = (
    (r"word_of\(([\w.]+), (\w+)\)", r"json_extract(\1, '$.\2')"),
    (r"items_of\(([\w.]+), (\w+)\)", r"json_each(\1, '$.\2')"),
    (r"seconds_of\(((?:[^()]|\([^()]*\))+)\)", r"(julianday(\1) * 86400.0)"),
    (r"seconds_now\(\)", "(julianday('now') * 86400.0)"),
)


def know_the_hash(connection: Any) -> None:
    """Give a new connection the hash that the guards of editions call."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "countersign_sha256",
            1,
            lambda text: hashlib.sha256(text.encode()).hexdigest(),
            deterministic=True,
        )


def version(connection: Any) -> tuple[int, ...]:
    """Return the version of the library that this process has."""
    return connection.Database.sqlite_version_info[:2]


def run(cursor: Any, statements: list[str]) -> None:
    """Execute them in the transaction that is open, if any."""
    for statement in statements:
        cursor.execute(statement)


def create(guard: Guard) -> list[str]:
    """Return the statements that install a guard."""
    return [expected(guard)]


def expected(guard: Guard) -> str:
    """Return the text that SQLite keeps of a guard."""
    must = in_words_of(guard.must, _WORDS)
    refusal = f"SELECT RAISE(ABORT, '{guard.table} {guard.what}');"
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"WHEN ({must}) IS NOT TRUE BEGIN {refusal} END"
    )


def installed(cursor: Any) -> dict[str, str]:
    """Return every trigger on our tables, and every guard, with its text by name."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
        "AND (tbl_name LIKE 'conditions@_%' ESCAPE '@' "
        "OR tbl_name LIKE 'editorial@_%' ESCAPE '@' OR name LIKE 'guard@_%' ESCAPE '@')"
    )
    return dict(cursor.fetchall())


def drop(cursor: Any) -> list[str]:
    """Return the statements that take every guard away."""
    return [f'DROP TRIGGER "{name}"' for name in installed(cursor)]
