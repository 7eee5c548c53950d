"""Answers a public GET with one SELECT of a printed page, ahead of Django's handling.

No cache, so nothing to invalidate. It hands over whatever is not plainly its own: what
is not printed or no longer true, another method, an unknown host, plain HTTP, a query.
"""

import logging
import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from time import time
from typing import Any

from django.conf import settings
from django.db import Error
from django.http.request import split_domain_port, validate_host

from conditions.delivery import deliver
from conditions.headers import security_headers
from conditions.press import KEEP, keep_at_once
from conditions.sheets import Head, Sheet
from conditions.taking import take
from conditions.urls import urlpatterns

log = logging.getLogger(__name__)

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

LONGEST = 300  # of an address that can be printed
STATUS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}
# Where printed addresses begin; no other is looked for.
SHELVES = frozenset(str(at.pattern).partition("/")[0] for at in urlpatterns)
NUL = ("\0", "%00")
# A list is shown a part at a time by `p`; nothing else in a query changes an answer.
A_PART = re.compile(r"(^|&)p=")


def holds_nul(asked: str) -> bool:
    """Say whether an address or a query holds what PostgreSQL fails on."""
    return any(sign in asked for sign in NUL)


class ReadingRoom:
    """A WSGI application around Django's; `is_open` says whether it may answer."""

    def __init__(self, application: Application, is_open: Callable[[], bool]) -> None:
        self.application, self.is_open = application, is_open
        self.https = settings.SITE_URL.startswith("https://")
        self.always = [*security_headers(https=self.https).items()]
        self.hosts: set[str] = set()

    def __call__(
        self, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        sheet = self._printed(environ) if self._takes(environ) else None
        if not sheet:
            environ[KEEP] = keep_at_once
            return self.application(environ, start_response)
        status, headers, body = deliver(Head.read(sheet.head), sheet.body, environ)
        start_response(STATUS[status], headers + self.always)
        return [body]

    def _takes(self, environ: Environ) -> bool:
        """Say whether a request is one that a printed answer could be for."""
        address = environ["PATH_INFO"]
        return (
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and address[1:].partition("/")[0] in SHELVES
            and len(address) <= LONGEST
            and not self._is_djangos(address, environ.get("QUERY_STRING", ""))
            and self._is_secure(environ)
            and self._knows(environ.get("HTTP_HOST", ""))
            and self.is_open()
        )

    @staticmethod
    def _is_djangos(address: str, query: str) -> bool:
        """Say whether a part of a list is chosen, or what is asked is to be refused."""
        return holds_nul(address + query) or bool(query and A_PART.search(query))

    def _is_secure(self, environ: Environ) -> bool:
        """Plain HTTP to a site with https is Django's to refuse or to lead on."""
        return not self.https or environ.get("HTTP_X_FORWARDED_PROTO") == "https"

    def _knows(self, host: str) -> bool:
        if host in self.hosts:
            return True
        domain, _ = split_domain_port(host.lower())
        if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
            return False
        if len(self.hosts) < 100:
            self.hosts.add(host)
        return True

    def _printed(self, environ: Environ) -> Sheet | None:
        """Return the sheet at an address, if it is what readers are to get now."""
        address = environ["PATH_INFO"]
        try:
            if not address.isascii():
                address = address.encode("latin-1").decode()
            sheet = take(address)
        except (Error, UnicodeError) as error:
            log.debug("read past the reading room: %s", error)
            return None
        return sheet if sheet and sheet.is_good(time()) else None
