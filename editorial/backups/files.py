"""A copy's file: there whole or not at all, its SHA-256 beside it, for its owner alone.

Asks no database.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# How each engine begins its files.
BEGINNINGS = {b"SQLite format 3\0": "sqlite3", b"PGDMP": "pgdump"}


class Refused(Exception):
    """Why there is no copy, or why it is not restored, and what to do about it."""


@contextmanager
def whole_or_absent(path: Path) -> Iterator[Path]:
    """Yield a name to write under; the file gets its own once it is on the disk.

    What is told of it is there first: its SHA-256 as `sha256sum --check` reads it.
    """
    partial = path.with_name(f".{path.name}.partial")
    if not path.parent.is_dir():
        raise Refused(f"{path.parent} is not a folder: make it first.")
    # For its owner alone from the first byte on; the name is taken while we write.
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        if path.exists():
            raise Refused(f"{path} is there already: try again in a second.")
        yield partial
        write_beside(checksum(path), f"{sha256(partial)}  {path.name}\n")
        _reach_the_disk(partial)
        partial.rename(path)
        _reach_the_disk(path.parent)
    finally:
        partial.unlink(missing_ok=True)
        if not path.exists():
            for beside in (checksum(path), head(path)):
                with suppress(OSError):
                    beside.unlink(missing_ok=True)


def checksum(path: Path) -> Path:
    """Return where the SHA-256 of a copy is kept."""
    return path.with_name(f"{path.name}.sha256")


def head(path: Path) -> Path:
    """Return where the root of the log in a copy is kept."""
    return path.with_name(f"{path.name}.head.json")


def write_beside(path: Path, text: str) -> None:
    """Write what is told of a copy, for its owner alone, onto the disk."""
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    _reach_the_disk(path)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_altered(path: Path) -> None:
    """Raise Refused unless the file has the SHA-256 that is kept beside it."""
    there = sha256(path)
    beside = checksum(path)
    if not beside.is_file():
        raise Refused(
            f"{beside.name} is not beside {path.name}: bring it from where the copy "
            "was made, so that what is restored is what was copied."
        )
    if beside.read_text(errors="replace").split()[:1] != [there]:
        raise Refused(
            f"{path.name} is not the file that was written: its SHA-256 is {there}, "
            f"and {beside.name} says another. Use another copy."
        )


def suffix_of(path: Path) -> str:
    """Return the suffix of the engine whose file this is, or ""."""
    with path.open("rb") as file:
        start = file.read(16)
    return next((s for b, s in BEGINNINGS.items() if start.startswith(b)), "")


def _reach_the_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
