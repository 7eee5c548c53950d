"""The way in to `/api/v1/`: who may ask how often, what is refused, what is sent.

Every answer below that address passes here: it is open to other sites' pages, has an
ETag, and comes as gzip to whoever takes that. HEAD is answered as GET, without a body.
"""

import gzip
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt

from conditions.answers import for_head, kept_by_others
from conditions.api import allowance
from conditions.api.problems import (
    NOT_HERE,
    ONLY_READ,
    OPEN,
    TOO_MANY,
    problem,
)
from conditions.delivery import deliver
from conditions.sheets import Head

READ = ("GET", "HEAD")
ALLOW = "GET, HEAD, OPTIONS"
ALWAYS = OPEN | {
    "Access-Control-Expose-Headers": (
        "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
    )
}
# What another site's page may ask beyond what any form could.
ASKING = {
    "Allow": ALLOW,
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


@csrf_exempt
def door(
    request: HttpRequest, *, known: Iterable[str] | None, **named: Any
) -> HttpResponse:
    """Answer any question below `/api/v1/`; `known` is what its query may hold."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=OPEN | ASKING)
    if request.method not in READ:
        return problem(405, ONLY_READ, headers={"Allow": ALLOW})
    counted = allowance.count(request)
    if counted and counted.is_used_up:
        answer = problem(429, TOO_MANY, headers={"Retry-After": str(counted.seconds)})
    else:
        answer = _refused(request, known) or _answered(request)
    for name, value in (ALWAYS | (counted.headers if counted else {})).items():
        answer.headers[name] = value
    return for_head(request, _sent(request, answer))


def _refused(request: HttpRequest, known: Iterable[str] | None) -> HttpResponse | None:
    """Refuse what is nowhere, and a query that would be passed over in silence."""
    if known is None:
        return problem(404, NOT_HERE)
    if not (unknown := [name for name in request.GET if name not in known]):
        return None
    told = ", ".join(f"`{name}`" for name in known) or "nothing"
    right = f"This address may be asked by {told}."
    faults = [{"parameter": name, "detail": right} for name in unknown]
    return problem(422, right, errors=faults)


def _answered(request: HttpRequest) -> HttpResponse:
    """Return what is at an address, or a refusal."""
    # Loads django-ninja, with the first question.
    found = resolve(request.path_info, "conditions.api.routes")
    answer = found.func(request, *found.args, **found.kwargs)
    answer.headers.setdefault("Cache-Control", kept_by_others())
    return answer


def _sent(request: HttpRequest, made: HttpResponse) -> HttpResponse:
    """Return an answer as this request gets it: as gzip, not again, without a body."""
    if made.status_code != 200:
        return made
    body = gzip.compress(made.content, 6, mtime=0)
    head = Head.of(made, body)
    status, pairs, body = deliver(head, body, request.META)
    return HttpResponse(body, status=status, headers=dict(pairs))
