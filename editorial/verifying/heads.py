"""Roots that were kept elsewhere: the one thing that shows a database rolled back.

Who owns a database can write a whole log anew that agrees with itself; not one that
has the root which somebody else wrote down before.
"""

import json
import os
import re
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from editorial import clock
from editorial.verifying.entries import Log
from editorial.verifying.found import Found

ROOT = re.compile(r"[0-9a-f]{64}")
# An edition's proof holds all its words.
LARGEST = 10_000_000
BAD_ZIP = (zipfile.BadZipFile, zlib.error)


class NotAHead(ValueError):
    """A file that holds no root of a log; its text says what to do."""


@dataclass(frozen=True)
class Head:
    """How many entries a log had, and the root that commits to each of them."""

    size: int
    root: str
    at: str = ""
    site: str = ""
    file: str = ""


def current(log: Log) -> Head:
    """Return the head of the log that was just checked."""
    return now(log.size, log.root)


def now(size: int, root: str) -> Head:
    """Return the head of this site's log at this moment."""
    at = clock.now().isoformat(timespec="seconds")
    return Head(size, root, at, settings.SITE_URL)


def as_text(head: Head) -> str:
    """Return a head as its file holds it."""
    said = {name: value for name, value in asdict(head).items() if name != "file"}
    return json.dumps(said, indent=2) + "\n"


def write(head: Head, path: Path) -> None:
    """Write a head; an older file is replaced whole."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(as_text(head), encoding="utf-8")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def read(path: Path) -> Head:
    """Return the head in a file; raise NotAHead or OSError for anything else.

    A reader's proof.json or review.json holds one, and so does an evidence.zip.
    """
    try:
        match json.loads(_text(path)):
            case {"log": dict(said)} | dict(said):
                return _head(said, path)
    except (ValueError, LookupError, RuntimeError, EOFError, *BAD_ZIP):
        pass
    raise NotAHead(
        f"{path} holds no root of a log: give a file that `verify --head` wrote, a "
        "proof.json, a review.json or an evidence.zip."
    )


def _text(path: Path) -> bytes:
    with path.open("rb") as file:
        if not zipfile.is_zipfile(file):
            file.seek(0)
            return file.read(LARGEST)
        with zipfile.ZipFile(file) as archive, archive.open("head.json") as head:
            return head.read(LARGEST)


def _head(said: dict[str, Any], path: Path) -> Head:
    match said:
        case {"size": int(size), "root": str(root), **more} if (
            size >= 0 and type(size) is int and ROOT.fullmatch(root)
        ):
            at, site = (str(more.get(name, "")) for name in ("at", "site"))
            return Head(size, root, at, site, str(path))
    raise ValueError(said)


def compare(heads: list[Head], log: Log, found: Found) -> None:
    """Hold the log against each head: it has all those entries still."""
    for head in heads:
        name = head.file or f"The root kept of {head.size} entries"
        when = f" at {head.at}" if head.at else ""
        if head.site not in ("", settings.SITE_URL):
            sentence = f"{name} was written for {head.site}, not {settings.SITE_URL}."
            found.note("other_site", name, sentence)
        if head.size > log.size:
            why = (
                f"the log had {head.size} entries{when} and has {log.size}: the "
                "database was rolled back, or its end was cut off."
            )
            found.add("kept_root", name, why=why)
        elif log.roots.get(head.size, log.root) != head.root:
            why = (
                f"the root of the first {head.size} entries is not the one kept{when}: "
                "the log was written anew, or this is another site’s."
            )
            found.add("kept_root", name, why=why)
