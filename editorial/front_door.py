"""Answers what no view can: requests that nothing takes, a database that is away."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views import defaults

from editorial.desk import held

NUL = ("\x00", "%00")
STAFF = ("/admin/", "/accounts/")
METHODS = ("GET", "HEAD", "POST")
AWAY = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Back in a minute</title>
<h1>The site cannot reach its database</h1>
<p>Nothing is lost. Please try again in a minute.</p>
</html>
"""


def refuse_nul(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: 400 for a NUL in an address; PostgreSQL fails on it with a 500."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.path_info + request.META.get("QUERY_STRING", "")
        if any(sign in asked for sign in NUL):
            return HttpResponse("A web address holds no NUL.\n", "text/plain", 400)
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


def server_error(request: HttpRequest) -> HttpResponse:
    """The ``handler500``: a clear 503 when the database is away, busy or full.

    Here and not in a middleware, since sessions fail outside every view. What was sent
    to the desk is handed back.
    """
    if not _is_out_of_order(sys.exc_info()[1]):
        return defaults.server_error(request)
    answer = held.not_now(request) or HttpResponse(AWAY, status=503)
    answer.headers["Retry-After"] = "60"
    return answer


def _is_out_of_order(error: BaseException | None) -> bool:
    """Say whether it is the database's state that failed, and no fault of ours."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    # PostgreSQL's word for a standby, and for one that was told to take no writes.
    return getattr(error and error.__cause__, "sqlstate", "") == "25006"
