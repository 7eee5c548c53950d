"""Turns a printed answer into what one request gets of it. No database.

One function for what the reading room sends and for what Django does: whichever
answers, a reader gets the same bytes and headers.
"""

import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

from django.utils.http import parse_http_date_safe

Headers = list[tuple[str, str]]

OK, NOT_MODIFIED = 200, 304
GZIP_OR_ZLIB = 31  # zlib's word for a gzip header
# Of a body that is not sent; all other headers belong to a 304 as to a 200.
OF_A_BODY = ("Content-Type",)


class Printing(Protocol):
    """What is sent of a printed answer: `body` is gzip, `headers` a line each.

    `printed_on` is an HTTP date, or "" for an answer that is made anew each time.
    """

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> str: ...
    @property
    def printed_on(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def body(self) -> bytes: ...


def deliver(
    printed: Printing, environ: Mapping[str, Any]
) -> tuple[int, Headers, bytes]:
    """Return status, headers and body for the WSGI environment of a GET or a HEAD."""
    gzipped = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    # Strong, so each form of the body has a tag of its own.
    tag = f'"{printed.sha256[:32]}"' if gzipped else f'"{printed.sha256[:32]}-plain"'
    headers = [
        *_pairs(printed.headers),
        ("ETag", tag),
        ("Vary", "Accept-Encoding"),
    ]
    if printed.printed_on:
        headers.append(("Last-Modified", printed.printed_on))
    if printed.status == OK and has_it(environ, tag, printed.printed_on):
        return NOT_MODIFIED, [h for h in headers if h[0] not in OF_A_BODY], b""
    body = printed.body if gzipped else zlib.decompress(printed.body, GZIP_OR_ZLIB)
    if gzipped:
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    return printed.status, headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body


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
