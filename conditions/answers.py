"""What every public address answers with: headers, and the refusals 404, 410 and 503.

A refusal never quotes a text: a withdrawal's note and date are all that it may show.
"""

import logging
from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_safe,
)

from conditions import content, markup, reading, wording

log = logging.getLogger(__name__)

# Kept, but asked about each time: a withdrawal is seen at once.
ASK_FIRST = "public, no-cache"
ASK_AGAIN = "no-cache"
NOT_KEPT = "no-store"
AN_HOUR = "3600"  # seconds, as Retry-After says it; 503.html says it in words
NOT_HERE = "There is no page at this address."
NOT_AS_SIGNED = (
    "This page cannot be shown now: its stored text is not the text that was signed. "
    "The editors have been told."
)

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Make a view of a public address: read-only, cached briefly, never a 500.

    Nothing is kept of a reader, so there is no token to check: other methods get 405.
    """

    @csrf_exempt
    @require_safe
    @head_like_get
    @conditional_page
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return _answer(view, ASK_FIRST, request, kwargs)

    return answered


def public_form(view: View) -> View:
    """Make a view of a public form, which sets no cookie and so checks no token.

    The view itself must ask where a form was sent from, and how often.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @head_like_get
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return _answer(view, NOT_KEPT, request, kwargs)

    return answered


def _answer(
    view: View, kept: str, request: HttpRequest, named: dict[str, Any]
) -> HttpResponse:
    """Return the view's answer, or that of what it raises."""
    try:
        response = view(request, **named)
    except Http404:
        return refusal(request, 404, NOT_HERE)
    except reading.Withdrawn as withdrawn:
        return gone(request, withdrawn)
    except (content.Altered, markup.MarkupError) as error:
        log.error("%s is not served: %s", request.path, error)
        return refusal(request, 503, NOT_AS_SIGNED)
    response.headers.setdefault("Cache-Control", kept)
    return response


def head_like_get(view: View) -> View:
    """Answer HEAD with every header of GET, the ETag and length too, and no body."""

    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method != "HEAD":
            return view(request, **kwargs)
        asked = copy(request)
        asked.method = "GET"
        response = view(asked, **kwargs)
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
        return response

    return answered


def gone(request: HttpRequest, withdrawn: reading.Withdrawn) -> HttpResponse:
    """Answer 410 with the note to readers and the day."""
    act = withdrawn.publication
    on = timezone.localdate(act.at)
    return refusal(
        request,
        410,
        f"This page was withdrawn on {wording.long_date(on)}. {act.note}",
        note=act.note,
        withdrawn_on=on,
    )


def refusal(
    request: HttpRequest, status: int, sentence: str, **said: Any
) -> HttpResponse:
    """Answer in the form that was asked for: HTML, JSON or Markdown."""
    headers = {"Cache-Control": ASK_AGAIN, "X-Robots-Tag": "noindex"}
    if status == 503:
        headers["Retry-After"] = AN_HOUR
    if request.path.endswith(".json"):
        body = {"status": status, "message": sentence, **said}
        return JsonResponse(body, status=status, headers=headers)
    if request.path.endswith(".md"):
        kind = "text/markdown; charset=utf-8"
        return HttpResponse(f"{sentence}\n", kind, status, headers=headers)
    context = {"sentence": sentence, **said}
    response = render(request, f"{status}.html", context, status=status)
    for name, value in headers.items():
        response.headers[name] = value
    return response
