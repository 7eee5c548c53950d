"""How SQLite copies itself while others write, and is filled from such a copy."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from django.db import connection

from editorial.backups import log_head
from editorial.backups.files import Refused
from editorial.backups.progress import Progress
from editorial.verifying.heads import Head

SUFFIX = "sqlite3"
SIZE = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
STEP = 100_000  # of SQLite's own: some hundredths of a second
PAGES = 10_000


def write(path: Path, progress: Progress) -> Head | None:
    """Copy the database as one reader sees it, its triggers too; return its head."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        )
        (size,) = cursor.fetchone()
        with progress(size, "B") as tick:
            ours = connection.connection
            ours.set_progress_handler(_grown(path, tick), STEP)
            try:
                cursor.execute("VACUUM INTO %s", [str(path)])
            finally:
                ours.set_progress_handler(None, 0)
    with closing(_opened(path)) as copy:
        return _head(copy)


def _grown(path: Path, tick: Callable[[int], object]) -> Callable[[], None]:
    """Return what tells by how much the copy has grown since it was last asked."""
    seen = 0

    def look() -> None:
        nonlocal seen
        with suppress(OSError):
            now = path.stat().st_size
            tick(now - seen)
            seen = now

    return look


def _head(copy: sqlite3.Connection) -> Head | None:
    """Return the head of the log in the copy itself; None where it has no log yet."""
    if not copy.execute(
        "SELECT 1 FROM sqlite_master WHERE name = ?", [log_head.TABLE]
    ).fetchone():
        return None
    (size,) = copy.execute(log_head.SIZE).fetchone()
    return log_head.head(
        size, lambda number: copy.execute(log_head.NODES + "?", [number]).fetchone()[0]
    )


def is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM sqlite_master")
        return cursor.fetchone() == (0,)


def read(path: Path, progress: Progress) -> None:
    """Fill the database in one transaction, once the file is found to be sound."""
    with closing(_opened(path)) as copy:
        try:
            _refuse_unsound(copy, path)
            connection.ensure_connection()
            _fill(copy, progress)
        except sqlite3.Error as error:
            raise Refused(f"{path.name} cannot be restored: {error}.") from error


def _refuse_unsound(copy: sqlite3.Connection, path: Path) -> None:
    found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    orphan = copy.execute("PRAGMA foreign_key_check").fetchone()
    if orphan:
        found = f"a row of {orphan[0]} belongs to none of {orphan[2]}"
    if found != "ok":
        raise Refused(f"{path.name} is damaged: {found}. Use another copy.")


def _opened(path: Path) -> sqlite3.Connection:
    # Nobody writes a copy: so nothing is made beside it, wherever it lies.
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True)


def _fill(copy: sqlite3.Connection, progress: Progress) -> None:
    (pages,) = copy.execute("PRAGMA page_count").fetchone()
    left = pages
    with progress(pages, " pages") as tick:

        def look(status: int, remaining: int, total: int) -> None:
            nonlocal left
            tick(left - remaining)
            left = remaining

        copy.backup(connection.connection, pages=PAGES, progress=look)
