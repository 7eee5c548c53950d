"""Every refusal below `/api/v1/`, as RFC 9457 has it; no word of a text is in one.

Knows nothing of django-ninja: the front door refuses by it too.
"""

import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ROOT = "/api/v1/"
MEDIA_TYPE = "application/problem+json"
# Whoever asks, from whichever site: nothing here is for some people alone.
OPEN = {"Access-Control-Allow-Origin": "*"}
NOT_HERE = "There is nothing at this address."
AWAY = "The site cannot reach its database. Nothing is lost: try again in a minute."
UNGUARDED = (
    "The site is closed until its database has been checked. The operator has been "
    "told: try again in a minute."
)
FAULT = "Something went wrong on our side. The people who run this site can see it."
NO_NUL = "A web address holds no NUL."
ONLY_READ = "This address can only be read: ask with GET or HEAD."
TOO_MANY = (
    "Too many questions came from your address within a minute. Wait as many seconds "
    "as Retry-After says."
)
NOT_AS_SIGNED = (
    "This cannot be shown now: its stored text is not the text that was signed. The "
    "editors have been told."
)
# What each means, for the page that a problem's `type` leads to.
MEANINGS = {
    400: "The address itself is not one: it holds a NUL.",
    403: "It was asked over http; ask over https.",
    404: "Nothing was ever published there.",
    405: "Only GET, HEAD and OPTIONS are answered.",
    409: "The cursor names no act of this site. Begin anew with `since`.",
    410: "It was withdrawn; `note` says why, to readers. Take it off your copy.",
    422: "A parameter is not right; `errors` names each, and what it should be.",
    429: "Too many questions within a minute; `Retry-After` says how long to wait.",
    503: "It cannot be answered now; `Retry-After` says when to try again.",
}


def is_for_machines(request: HttpRequest) -> bool:
    """Say whether whoever asks wants problems and no pages."""
    return request.path_info.startswith(ROOT)


def problem(
    status: int,
    detail: str,
    *,
    headers: dict[str, str] | None = None,
    **said: Any,
) -> HttpResponse:
    """Return a refusal: `detail` is a sentence that says what to do.

    What else is `said` goes with it: texts, lists, days.
    """
    body = {
        "type": f"{settings.SITE_URL}{ROOT}docs#problem-{status}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **said,
    }
    told = {"Cache-Control": "no-cache", "X-Robots-Tag": "noindex", **OPEN}
    return HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str),
        content_type=MEDIA_TYPE,
        status=status,
        headers=told | (headers or {}),
    )
