"""Binds the printed answers into a folder of files, which any static host can serve.

Only rows that the press sealed and that readers would get now are bound, byte for byte:
no text is read anew, and none of a draft can come in. The folder is compared with the
rows each time and holds no state that could be wrong: what says the same stays as it
is, what is no longer public goes.
"""

import gzip
import json
import logging
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from tempfile import TemporaryFile
from time import time
from typing import IO

from django.db import transaction
from django.http import HttpRequest

from conditions import answers, press
from conditions.bindery import host, statics
from conditions.bindery.folder import Folder
from conditions.delivery import GZIP_OR_ZLIB
from conditions.sheets import Head, Sheet
from conditions.taking import take

log = logging.getLogger(__name__)

GZ, INDEX = ".gz", "index.html"
NOT_FOUND = 404
BATCH = 500
# An address whose every part can be a file's name, on any system.
NAMED = re.compile(r"(/[A-Za-z0-9_-][A-Za-z0-9._-]*|/\.well-known)*/?")


@dataclass
class Bound:
    """How many files were written, stayed as they were and went; what was left out."""

    written: int = 0
    kept: int = 0
    removed: int = 0
    left_out: list[str] = field(default_factory=list)


def bind(folder: Folder, tick: Callable[[int], object]) -> Bound:
    """Make a folder hold what is public now; `tick` is told of each address."""
    done = Bound()
    with TemporaryFile("w+", encoding="utf-8") as told:
        for address in press.addresses():
            _bind(address, folder, told, done)
            tick(1)
        told.seek(0)
        manifest = "".join(host.manifest(line.rstrip("\n") for line in told))
    for name, body in statics.files():
        _put_both(folder, name, body, gzip.compress(body, 9, mtime=0), done)
    _put(folder, host.NOT_FOUND, _not_found(), done)
    _put(folder, host.MANIFEST, manifest.encode(), done)
    _put(folder, host.HEADERS, host.headers().encode(), done)
    _take_away(folder, done)
    return done


def _bind(address: str, folder: Folder, told: IO[str], done: Bound) -> None:
    """Bind what readers get at an address; note where a host must be told of it."""
    sheet, status = _printed(address)
    if not sheet or not NAMED.fullmatch(address):
        if status != NOT_FOUND:
            done.left_out.append(address)
        return
    name = file_of(address)
    body = zlib.decompress(sheet.body, GZIP_OR_ZLIB)
    _put_both(folder, name, body, sheet.body, done)
    if line := host.told(sheet, name):
        told.write(json.dumps(line) + "\n")


def file_of(address: str) -> str:
    """Return the file that a host sends for an address."""
    return address[1:] + (INDEX if address.endswith("/") else "")


def address_of(name: str) -> str:
    """Return the address that a file is sent for, or that it is the gzip of."""
    plain = "/" + name.removesuffix(GZ)
    return plain.removesuffix(INDEX) if plain.endswith(f"/{INDEX}") else plain


def _printed(address: str) -> tuple[Sheet | None, int]:
    """Return what readers get at an address now, printed anew where it must be.

    Twice at most, since an act may come in between. Where there is none, the status
    says why: 404 for what is public no longer, such as a condition without a page.
    """
    status = 0
    for _ in range(2):
        if sheet := _good(address):
            return sheet, Head.read(sheet.head).status
        try:
            with transaction.atomic():
                status = press.print_now(address)
        except Exception:
            log.exception("%s is left out: it cannot be printed", address)
            return None, status
    return _good(address), status


def _good(address: str) -> Sheet | None:
    sheet = take(address)
    return sheet if sheet and sheet.is_good(time()) else None


def _put_both(
    folder: Folder, name: str, body: bytes, zipped: bytes, done: Bound
) -> None:
    _put(folder, name, body, done)
    _put(folder, name + GZ, zipped, done)


def _put(folder: Folder, name: str, body: bytes, done: Bound) -> None:
    if folder.put(name, body):
        done.written += 1
    else:
        done.kept += 1


def _not_found() -> bytes:
    """Return what a host sends where there is nothing."""
    request = HttpRequest()
    request.path = request.path_info = f"/{host.NOT_FOUND}"
    return answers.refusal(request, 404, answers.NOT_HERE).content


def _take_away(folder: Folder, done: Bound) -> None:
    """Take away every file that no answer is for any more."""
    ours = {host.NOT_FOUND, host.MANIFEST, host.HEADERS}
    ours |= {name + end for name, _ in statics.files() for end in ("", GZ)}
    others = (name for name in folder.names() if name not in ours)
    while some := list(islice(others, BATCH)):
        there = press.entered(map(address_of, some)).difference(done.left_out)
        for name in some:
            if address_of(name) not in there:
                folder.remove(name)
                done.removed += 1
