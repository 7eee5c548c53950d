"""What a static host must be told beside the files: statuses, and headers.

`manifest.json` for whoever configures one, `_headers` for the hosts that read it.
"""

import json
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

from django.conf import settings

from conditions.answers import kept_by_others
from conditions.headers import security_headers
from conditions.sheets import Head, Sheet

MANIFEST, HEADERS, NOT_FOUND = "manifest.json", "_headers", "404.html"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml",
}
# A proof is for whoever checks one, and no search engine's to list.
PATTERNS = {
    "/*": {},
    **{f"/*{end}": {"Content-Type": kind} for end, kind in TYPES.items()},
    "/*/proof.json": {"X-Robots-Tag": "noindex"},
}
# What only the running site can answer: a host leads these on to it.
ASKED_OF_THE_SITE = ("/api/", "/search/", "/conditions/*/*/report/", "*?p=*")


def always() -> dict[str, str]:
    """Return the headers of every answer."""
    https = settings.SITE_URL.startswith("https://")
    return {**security_headers(https=https), "Cache-Control": kept_by_others()}


def told(sheet: Sheet, name: str) -> dict[str, Any] | None:
    """Return what a host cannot guess of an answer; None where it can."""
    head = Head.read(sheet.head)
    said = dict(line.split(": ", 1) for line in head.headers.splitlines())
    usual = always() | {
        key: value
        for pattern, more in PATTERNS.items()
        for key, value in more.items()
        if fnmatch(f"/{name}", pattern)
    }
    unusual = {key: value for key, value in said.items() if usual.get(key) != value}
    if head.status == 200 and not unusual:
        return None
    known = {"address": sheet.address, "file": name, "status": head.status}
    return {**known, "headers": unusual}


def manifest(lines: Iterator[str]) -> Iterator[str]:
    """Yield the manifest; `lines` are the JSON of each answer that `told` told of."""
    head = {
        "schema": 1,
        "site": settings.SITE_URL,
        "headers": _blocks(),
        "not_found": NOT_FOUND,
        "asked_of_the_site": ASKED_OF_THE_SITE,
    }
    yield json.dumps(head, indent=1)[:-2] + ',\n "answers": ['
    for number, line in enumerate(lines):
        yield f"{',' if number else ''}\n  {line}"
    yield "\n ]\n}\n"


def headers() -> str:
    """Return the file `_headers`, as several static hosts read it."""
    return "".join(
        f"{pattern}\n" + "".join(f"  {key}: {value}\n" for key, value in said.items())
        for pattern, said in _blocks().items()
    )


def _blocks() -> dict[str, dict[str, str]]:
    return PATTERNS | {"/*": always()}
