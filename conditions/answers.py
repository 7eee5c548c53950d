"""What every public address answers with: headers, and the refusals 404, 410 and 503.

A refusal never quotes a text: a withdrawal's note and date are all that it may show.
"""

import logging
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from conditions import content, markup, press, reading, wording

log = logging.getLogger(__name__)

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
    """Make a view of a public address: read-only, printed, never a 500.

    Nothing is kept of a reader, so there is no token to check: other methods get 405.
    """

    @wraps(view)
    def made(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return _answer(view, kept_by_others(), request, kwargs)

    @csrf_exempt
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answer = press.answer(request, partial(made, request, **kwargs))
        return for_head(request, answer)

    return answered


def kept_by_others() -> str:
    """Return how caches on the way may keep an answer.

    They ask about it each time, so that a withdrawal is seen at once; unless the
    operator lets shared ones wait with that.
    """
    seconds = settings.SHARED_CACHE_SECONDS
    return f"public, max-age=0, s-maxage={seconds}" if seconds else "public, no-cache"


def of_this_moment(view: View) -> View:
    """Make a view of a public address that is never printed: read-only, kept nowhere.

    What somebody looks for may tell of their health: no cache has it, theirs neither.
    """

    @csrf_exempt
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answer = _answer(view, NOT_KEPT, request, kwargs)
        answer.headers.setdefault("X-Robots-Tag", "noindex")
        return for_head(request, answer)

    return answered


def public_form(view: View) -> View:
    """Make a view of a public form, which sets no cookie and so checks no token.

    The view itself must ask where a form was sent from, and how often.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return for_head(request, _answer(view, NOT_KEPT, request, kwargs))

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


def for_head(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer HEAD with every header of GET, the length too, and no body."""
    if request.method == "HEAD" and response.content:
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def gone(request: HttpRequest, withdrawn: reading.Withdrawn) -> HttpResponse:
    """Answer 410 with the note to readers and the day."""
    sentence, said = told_of(withdrawn)
    return refusal(request, 410, sentence, **said)


def told_of(withdrawn: reading.Withdrawn) -> tuple[str, dict[str, Any]]:
    """Return what readers are told of a withdrawal: the sentence, the note, the day."""
    act = withdrawn.act
    on = timezone.localdate(act.at)
    sentence = f"This page was withdrawn on {wording.long_date(on)}. {act.note}"
    return sentence, {"note": act.note, "withdrawn_on": on}


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
