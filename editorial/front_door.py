"""Answers what no view can: requests that nothing takes, a database that is away.

Or one whose guards are gone: then nothing is served that they vouched for.
"""

import logging
import sys
import time
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.views import defaults

from conditions.api import problems
from conditions.reading_room import holds_nul
from editorial import guards
from editorial.desk import held

log = logging.getLogger(__name__)

STAFF = ("/admin/", "/accounts/")
METHODS = ("GET", "HEAD", "POST")
FOR_MACHINES = ("/review.json", "/proof.json", "/index.md")
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<h1>{heading}</h1>
<p>{words}</p>
</html>
"""
AWAY = PAGE.format(
    title="Back in a minute",
    heading="The site cannot reach its database",
    words="Nothing is lost. Please try again in a minute.",
)
UNGUARDED = PAGE.format(
    title="Closed for a check",
    heading="The site is closed until its database has been checked",
    words="A guard against changed texts is missing. The operator has been told.",
)
PROBES = ("/healthz", "/readyz")
LOOK_EVERY = 1  # second
A_MINUTE = {"Retry-After": "60"}


def refuse_nul(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: 400 for a NUL in an address; PostgreSQL fails on it with a 500."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if holds_nul(request.path_info + request.META.get("QUERY_STRING", "")):
            if problems.is_for_machines(request):
                return problems.problem(400, problems.NO_NUL)
            kind = "text/plain; charset=utf-8"
            return HttpResponse(f"{problems.NO_NUL}\n", kind, 400)
        return get_response(request)

    return middleware


def refuse_methods(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: 405 at every staff address for what its views would take for a GET.

    Said to everybody alike, before anything is looked up. Readers' views say it too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS and request.path_info.startswith(STAFF):
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def refuse_plain(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: 403 over http for what programs read, where the site is https.

    A redirect would hide that they ask in the open; people are led on by Django's.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        api = problems.is_for_machines(request)
        machines = api or request.path_info.endswith(FOR_MACHINES)
        if machines and settings.SECURE_SSL_REDIRECT and not request.is_secure():
            words = f"Ask over https: {settings.SITE_URL}{request.path}"
            if api:
                return problems.problem(403, words)
            return HttpResponse(f"{words}\n", "text/plain; charset=utf-8", 403)
        return get_response(request)

    return middleware


class Watch:
    """Looks once a second whether the database is there, with every guard.

    Whoever asks first looks, and then one of those who ask in each second.
    """

    def __init__(self) -> None:
        self.looked_at, self.looking_since = float("-inf"), float("inf")
        self.found, self.away = "", False

    def look(self) -> None:
        """Look, unless somebody did a moment ago.

        Raises OperationalError while the database is away: all but one are told so at
        once, where each would wait for seconds.
        """
        now = time.monotonic()
        is_looking = self.looking_since <= now
        if not is_looking and now >= self.looked_at + LOOK_EVERY:
            self._look_now(now)
        # A look at a server that hangs goes on and on.
        if self.away or (is_looking and now >= self.looking_since + LOOK_EVERY):
            raise OperationalError("The database was away a moment ago.")

    def _look_now(self, now: float) -> None:
        self.looking_since, before = now, self.found
        try:
            self.found, self.away = _unguarded()
        finally:
            self.looked_at, self.looking_since = time.monotonic(), float("inf")
        if self.found and self.found != before:
            log.critical("refusing to serve: %s", self.found)

    def is_open(self) -> bool:
        """Say whether what is printed may be sent; if not, Django says why."""
        try:
            self.look()
        except OperationalError:
            return False
        return not self.found


@cache
def watch() -> Watch:
    """Return this process’s watch: who asks second is told what the first found."""
    return Watch()


def refuse_unguarded(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: 503 for all but the probes while the database lacks a guard."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in PROBES:
            return get_response(request)
        watch().look()
        if watch().found:
            return _closed(request)
        return get_response(request)

    return middleware


def _closed(request: HttpRequest) -> HttpResponse:
    if problems.is_for_machines(request):
        return problems.problem(503, problems.UNGUARDED, headers=A_MINUTE)
    return HttpResponse(UNGUARDED, status=503, headers=A_MINUTE)


def _unguarded() -> tuple[str, bool]:
    """Say which guards are missing, and whether the database is away."""
    try:
        return "; ".join(guards.too_old() or guards.differences()), False
    except (OperationalError, InterfaceError):
        return "", True
    except DatabaseError:
        return "", False  # told by whoever asks for more


def too_many(request: HttpRequest) -> HttpResponse:
    """The ``handler429``: too many tries from one place, whoever it was that tried."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "900"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """The ``handler500``: a clear 503 when the database is away, busy or full.

    Here and not in a middleware, since sessions fail outside every view. What was sent
    to the desk is handed back.
    """
    api = problems.is_for_machines(request)
    if not _is_out_of_order(sys.exc_info()[1]):
        return (
            problems.problem(500, problems.FAULT)
            if api
            else defaults.server_error(request)
        )
    if api:
        return problems.problem(503, problems.AWAY, headers=A_MINUTE)
    answer = held.not_now(request) or HttpResponse(AWAY, status=503)
    answer.headers["Retry-After"] = A_MINUTE["Retry-After"]
    return answer


def _is_out_of_order(error: BaseException | None) -> bool:
    """Say whether it is the database's state that failed, and no fault of ours."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    # PostgreSQL's word for a standby, and for one that was told to take no writes.
    return getattr(error and error.__cause__, "sqlstate", "") == "25006"
