"""Finds files and reads them, one at a time: size, encoding, and form."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from conditions.composition import line_feeds
from editorial.importing import front_matter, page_text
from editorial.importing.draft import Draft, ImportProblem

LARGEST = 1024 * 1024  # bytes; the longest summary that can be saved has a fifth
FORMS = {".txt": page_text.parse, ".md": front_matter.parse}
# The same, of a page that is only looked at: nothing is left out of it.
AS_IT_STANDS = {**FORMS, ".txt": page_text.as_it_stands}

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def walk(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield each path that is a file, and the .txt and .md files under each directory.

    Directories are walked in sorted order; hidden ones and links to others are not
    entered. A path that does not exist is yielded too, for `read` to refuse.
    """
    for path in map(Path, paths):
        if not os.path.isdir(path):
            yield path
            continue
        for folder, below, names in os.walk(path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            for name in sorted(names):
                if Path(name).suffix in FORMS and not name.startswith("."):
                    yield Path(folder, name)


def read(path: str | Path, *, as_it_stands: bool = False) -> Draft:
    """Return what a file says; raise ImportProblem, naming the line where there is one.

    Looks nothing up: whether the catalogue agrees is asked by `bring_in`. A page
    `as_it_stands` keeps its disclaimer and what it says twice.
    """
    path = Path(path)
    forms = AS_IT_STANDS if as_it_stands else FORMS
    if not (parse := forms.get(path.suffix)):
        raise ImportProblem("only .txt and .md files are read; this is another.")
    text = _decoded(_bytes(path))
    if found := _CONTROL.search(text):
        raise ImportProblem(
            f"delete the invisible control character U+{ord(found[0]):04X}.",
            line_of(text, found.start()),
        )
    return parse(text, shown(path.name))


def shown(name: str) -> str:
    """Return a file's name as words that any terminal and database can hold."""
    words = os.fsencode(name).decode("utf-8", "replace")
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words
    )


def line_of(text: str, place: int) -> int:
    """Return the number, from 1, of the line that holds a place of a text."""
    return text.count("\n", 0, place) + 1


def _bytes(path: Path) -> bytes:
    if not os.path.exists(path):
        raise ImportProblem("there is no such file; check the path.")
    # A pipe or a device could keep an import waiting for ever.
    if not os.path.isfile(path):
        raise ImportProblem("this is not a file that can be read.")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        why = error.strerror
        raise ImportProblem(f"the file cannot be read: {why}.") from error
    if len(data) > LARGEST:
        raise ImportProblem("the file is over 1 MB; no summary is that long.")
    return data


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportProblem(
            f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8.",
            data.count(b"\n", 0, error.start) + 1,
        ) from error
    return line_feeds(text)
