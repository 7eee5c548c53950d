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
from editorial.backups.progress import Progress, untold
from editorial.verifying import heads
from editorial.verifying.heads import Head

__all__ = ("Refused", "back_up", "head_of", "restore")
head_of = files.head


def back_up(folder: Path, progress: Progress = untold) -> Path:
    """Write a copy into a folder, its SHA-256 and its head beside it; return its path.

    The head is the root of the log in that very copy; a database that was never
    migrated, or whose log has a gap, has none, and is copied without.

    Raises Refused; what was begun is then taken away again.
    """
    engine = _engine()
    name = f"countersign-{clock.now():%Y%m%dT%H%M%SZ}.{engine.SUFFIX}"
    with _in_a_sentence(), files.whole_or_absent(folder / name) as partial:
        if head := engine.write(partial, progress):
            files.write_beside(files.head(folder / name), heads.as_text(head))
    return folder / name


def restore(
    path: Path,
    against: Sequence[Head] = (),
    *,
    head: Path | None = None,
    progress: Progress = untold,
) -> list[str]:
    """Fill the empty database with a copy; return what is left to do, a sentence each.

    The copy's log must end at the head that was written with it, in the file `head`
    or beside the copy, where it is there. `against` are roots of the log that were
    kept: an older copy does not have them.

    Raises Refused or heads.NotAHead: before anything is written where the database is
    not empty or the files are not what was written, and after it where the copy does
    not verify.
    """
    engine = _engine()
    with _in_a_sentence():
        files.refuse_altered(path)
        beside = head or files.head(path)
        its_own = heads.read(beside) if head or beside.is_file() else None
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
        engine.read(path, progress)
        return wholeness.left_to_do(against, its_own, progress)


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
