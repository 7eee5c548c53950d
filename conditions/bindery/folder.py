"""The folder that a site is bound into: each file written whole, or not at all.

The only room of the public side that writes files.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

MARK = ".countersign-site"
PART = ".part-"  # what a run that was cut off may leave


class NotOurs(Exception):
    """The folder cannot be written to; the sentence says why."""


class Folder:
    """A folder whose files are ours, but for those whose name begins with a dot."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._inside: Path | None = None

    def put(self, name: str, body: bytes) -> bool:
        """Have a file say these bytes; return whether it was written.

        Not forced to the disk: what a power cut leaves half is put right by the next
        run, which compares the bytes.
        """
        target = self.root / name
        if _says(target, body):
            return False
        self._make_room(target.parent)
        part = target.with_name(f"{PART}{target.name}")
        part.write_bytes(body)
        os.replace(part, target)
        return True

    def _make_room(self, parent: Path) -> None:
        """Make a file's own folder, which no link may lead out of this one."""
        if parent == self._inside:
            return
        if not parent.resolve().is_relative_to(self.root):
            raise NotOurs(f"{parent} leads out of {self.root}: take the link away.")
        parent.mkdir(parents=True, exist_ok=True)
        self._inside = parent

    def names(self) -> Iterator[str]:
        """Yield every file in it, but for what others keep under a dot."""
        for place, folders, files in os.walk(self.root):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            for one in sorted(files):
                if not one.startswith(".") or one.startswith(PART):
                    yield str((Path(place) / one).relative_to(self.root))

    def remove(self, name: str) -> None:
        """Take a file away, and the folders that are empty then."""
        target = self.root / name
        target.unlink(missing_ok=True)
        with suppress(OSError):
            while (target := target.parent) != self.root:
                target.rmdir()


def _says(target: Path, body: bytes) -> bool:
    try:
        same = target.stat().st_size == len(body) and not target.is_symlink()
        return same and target.read_bytes() == body
    except OSError:
        return False


@contextmanager
def opened(root: Path, site: str) -> Iterator[Folder]:
    """Yield the folder of a site, which nobody else writes to meanwhile.

    Raises NotOurs for one that is not empty and was not begun for this site.
    """
    mark = root / MARK
    if root.exists() and not root.is_dir():
        raise NotOurs(f"{root} is a file: name a folder.")
    if not mark.exists() and root.exists() and _holds_something(root):
        raise NotOurs(f"{root} is not empty and not of export_site: name another.")
    root.mkdir(parents=True, exist_ok=True)
    with mark.open("a+") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NotOurs(f"Another export into {root} is running.") from None
        _claim(held, root, site)
        yield Folder(root)


def _claim(held: TextIO, root: Path, site: str) -> None:
    """Write down for which site the folder is, or refuse one of another."""
    held.seek(0)
    said = held.read().strip()
    if said and said != site:
        raise NotOurs(f"{root} holds a copy of {said}: name another folder.")
    if not said:
        held.write(f"{site}\n")
        held.flush()


def _holds_something(root: Path) -> bool:
    """Say whether there is more in it than what others keep under a dot."""
    return any(not one.name.startswith(".") for one in root.iterdir())
