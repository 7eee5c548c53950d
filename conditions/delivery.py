"""Turns a printed answer into what one request gets of it. No database.

One function for what the reading room sends and for what Django does: whichever
answers, a reader gets the same bytes and headers.
"""

import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.http import parse_http_date_safe

from conditions.sheets import Head

Headers = list[tuple[str, str]]

OK, NOT_MODIFIED = 200, 304
GZIP_OR_ZLIB = 31  # zlib's word for a gzip header
# Of a body that is not sent; all other headers belong to a 304 as to a 200.
OF_A_BODY = ("Content-Type",)


def deliver(
    head: Head, body: bytes, environ: Mapping[str, Any]
) -> tuple[int, Headers, bytes]:
    """Return status, headers and body for the WSGI environment of a GET or a HEAD.

    `body` is gzip.
    """
    gzipped = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    # Strong, so each form of the body has a tag of its own.
    tag = f'"{head.sha256[:32]}"' if gzipped else f'"{head.sha256[:32]}-plain"'
    headers = [
        *_pairs(head.headers),
        ("ETag", tag),
        ("Vary", "Accept-Encoding"),
    ]
    if head.printed_on:
        headers.append(("Last-Modified", head.printed_on))
    if head.status == OK and has_it(environ, tag, head.printed_on):
        return NOT_MODIFIED, [h for h in headers if h[0] not in OF_A_BODY], b""
    if gzipped:
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = zlib.decompress(body, GZIP_OR_ZLIB)
    headers.append(("Content-Length", str(len(body))))
    return head.status, headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body


@lru_cache(100)
def _pairs(lines: str) -> tuple[tuple[str, str], ...]:
    """Take apart the headers of a printing; most pages have the same."""
    parts = (line.partition(": ") for line in lines.splitlines())
    return tuple((name, value) for name, _, value in parts)


def takes_gzip(accepted: str) -> bool:
    """Say whether `Accept-Encoding` takes gzip: RFC 9110, section 12.5.3."""
    if ";" not in accepted:
        return "gzip" in accepted or "*" in accepted
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = _weight(weight)
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0))) > 0


def _weight(said: str) -> float:
    name, _, value = said.replace(" ", "").partition("=")
    try:
        return float(value) if name == "q" else 1
    except ValueError:
        return 0


def has_it(environ: Mapping[str, Any], tag: str, printed_on: str) -> bool:
    """Say whether the reader has these bytes: RFC 9110, sections 13.1.2 and 13.1.3."""
    if tags := environ.get("HTTP_IF_NONE_MATCH"):
        named = {one.strip().removeprefix("W/") for one in tags.split(",")}
        return tag in named or "*" in named
    since = environ.get("HTTP_IF_MODIFIED_SINCE", "")
    if not since or since == printed_on:
        return bool(since)
    has, made = parse_http_date_safe(since), parse_http_date_safe(printed_on)
    return has is not None and made is not None and made <= has
