"""A copy of the whole database in one file, and the way back into an empty one.

The only room that reads or writes such a file. Each engine makes the copy itself, so
that it holds whole acts and every act acknowledged before it began, whoever writes
meanwhile.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from django.db import DatabaseError, connection

from editorial import clock
from editorial.backups import files, postgresql, sqlite, wholeness
from editorial.backups.files import Refused
from editorial.verifying.heads import Head

__all__ = ("Refused", "back_up", "restore")


def back_up(folder: Path) -> Path:
    """Write a copy and its SHA-256 into a folder; return the copy's path.

    Raises Refused; what was begun is then taken away again.
    """
    engine = _engine()
    name = f"countersign-{clock.now():%Y%m%dT%H%M%SZ}.{engine.SUFFIX}"
    with _in_a_sentence(), files.whole_or_absent(folder / name) as partial:
        engine.write(partial)
    return folder / name


def restore(path: Path, against: Sequence[Head] = ()) -> list[str]:
    """Fill the empty database with a copy; return what is left to do, a sentence each.

    `against` are roots of the log that were kept: an older copy does not have them.

    Raises Refused: before anything is written where the database is not empty or the
    file is not what was copied, and after it where the copy does not verify.
    """
    engine = _engine()
    with _in_a_sentence():
        files.refuse_altered(path)
        if files.suffix_of(path) != engine.SUFFIX:
            raise Refused(
                f"{path.name} is no copy of a {connection.display_name} database, "
                "which DATABASE_URL names: set it to the other kind."
            )
        if not engine.is_empty():
            raise Refused(
                "The database is not empty, so it is left as it is. Make a new one, "
                "set DATABASE_URL to it (and MIGRATION_DATABASE_URL, if you use that), "
                "and run this again."
            )
        engine.read(path)
        return wholeness.left_to_do(against)


def _engine() -> ModuleType:
    return sqlite if connection.vendor == "sqlite" else postgresql


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    """Raise Refused for what the disk or the database has against it."""
    try:
        yield
    except OSError as error:
        raise Refused(f"{error.filename}: {error.strerror}.") from error
    except DatabaseError as error:
        # PostgreSQL's further lines quote whole rows.
        said = (str(error).splitlines() or [type(error).__name__])[0]
        raise Refused(f"The database refused: {said}.") from error
