"""How the process speaks to its operator: one line or one JSON object an event.

No line holds a password, a text or a reader's address: which illness an address
reads about is itself sensitive. Only the fields named here are ever written.
"""

import json
import logging
import re
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS = ("text", "json")
LONGEST_REASON = 200

request_id: ContextVar[str] = ContextVar("request_id", default="-")
acceptable_id = re.compile(r"[A-Za-z0-9-]{8,64}")


def numbered_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every request has an id, the proxy's where it sent a plain one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("X-Request-ID", "")
        number = sent if acceptable_id.fullmatch(sent) else uuid.uuid4().hex
        request.META["REQUEST_ID"] = number
        token = request_id.set(number)
        try:
            response = get_response(request)
        finally:
            request_id.reset(token)
        response.headers["X-Request-ID"] = number
        return response

    return middleware


class WithRequestId(logging.Filter):
    """Gives each record the id of the request that it was written in."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Django logs 4xx and 5xx after the middleware: the record has the request.
        meta = getattr(getattr(record, "request", None), "META", {})
        record.request_id = meta.get("REQUEST_ID") or request_id.get()
        return True


def reason(error: BaseException) -> str:
    """The first line of an error; PostgreSQL's further lines quote whole rows."""
    said = (str(error).splitlines() or [""])[0][:LONGEST_REASON]
    return f"{type(error).__name__}: {said}"


def story(error: BaseException | None) -> list[str]:
    """Where an error and its causes came from, oldest first, without any value."""
    if error is None:
        return []
    cause = error.__cause__ or (
        None if error.__suppress_context__ else error.__context__
    )
    frames = [
        f"{frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return [*story(cause), *frames, reason(error)]


def fields(record: logging.LogRecord) -> dict[str, Any]:
    said: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(
            "T", "milliseconds"
        ),
        "level": record.levelname,
        "logger": record.name,
        "message": record.getMessage(),
        "request_id": getattr(record, "request_id", "-"),
    }
    if record.exc_info and record.exc_info[1]:
        said["error"] = story(record.exc_info[1])
    return said


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields(record))


class TextFormatter(logging.Formatter):
    """One line, and an error's story indented below it."""

    def format(self, record: logging.LogRecord) -> str:
        said = fields(record)
        error = said.pop("error", [])
        # A line break in a message must not look like a second event.
        line = " ".join(str(value) for value in said.values()).replace("\n", "\n  ")
        return visible("\n  ".join([line, *error]))


def visible(text: str) -> str:
    """Return a text in which no sign steers a terminal, turns words round or hides."""
    return "".join(
        sign if sign.isprintable() or sign == "\n" else ascii(sign)[1:-1]
        for sign in text
    )


def configuration(level: str, form: str) -> dict[str, Any]:
    """What Django and the server hand to ``logging.config.dictConfig``."""
    formatter = JsonFormatter if form == "json" else TextFormatter
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": WithRequestId}},
        "formatters": {"chosen": {"()": formatter}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["request_id"],
                "formatter": "chosen",
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level},
            # At DEBUG it writes every statement with its values, so every text.
            "django.db.backends": {"level": "INFO"},
            # With a handler, since it would give itself one of another form.
            "post_office": {
                "handlers": ["stderr"],
                "level": "WARNING",
                "propagate": False,
            },
        },
    }
