"""How SQLite copies itself while others write, and is filled from such a copy."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from editorial.backups.files import Refused

SUFFIX = "sqlite3"


def write(path: Path) -> None:
    """Copy the database as one reader sees it, its triggers too."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])


def is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM sqlite_master")
        return cursor.fetchone() == (0,)


def read(path: Path) -> None:
    """Fill the database in one transaction, once the file is found to be sound."""
    # Nobody writes a copy: so nothing is made beside it, wherever it lies.
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as copy:
        try:
            _refuse_unsound(copy, path)
            connection.ensure_connection()
            copy.backup(connection.connection)
        except sqlite3.Error as error:
            raise Refused(f"{path.name} cannot be restored: {error}.") from error


def _refuse_unsound(copy: sqlite3.Connection, path: Path) -> None:
    found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    orphan = copy.execute("PRAGMA foreign_key_check").fetchone()
    if orphan:
        found = f"a row of {orphan[0]} belongs to none of {orphan[2]}"
    if found != "ok":
        raise Refused(f"{path.name} is damaged: {found}. Use another copy.")
