"""What django-ninja answers with when an address cannot be answered."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from conditions import content, markup, reading
from conditions.answers import AN_HOUR, told_of
from conditions.api import asked
from conditions.api.problems import NOT_AS_SIGNED, NOT_HERE, problem

log = logging.getLogger(__name__)


def teach(api: NinjaAPI) -> None:
    """Let an API answer each of these with a problem."""
    answers: dict[type[Exception], Any] = {
        Http404: _not_here,
        ValidationError: _not_right,
        reading.Withdrawn: _withdrawn,
        content.Altered: _altered,
        markup.MarkupError: _altered,
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, answer)


def _not_here(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(404, NOT_HERE)


def _not_right(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = asked.faults(error.errors)
    said = " ".join(fault["detail"] for fault in faults)
    return problem(422, said, errors=faults)


def _withdrawn(request: HttpRequest, withdrawn: reading.Withdrawn) -> HttpResponse:
    sentence, said = told_of(withdrawn)
    return problem(410, sentence, **said)


def _altered(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("%s is not served: %s", request.path, error)
    return problem(503, NOT_AS_SIGNED, headers={"Retry-After": AN_HOUR})
