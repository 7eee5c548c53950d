"""What the log says of an event, and what it never says."""

import json
import logging
import sys

import pytest

from editorial import logs

TEXT = "Adults with the disorder take 500 mg twice a day."


def record(message="Saved.", *arguments, **extra):
    made = logging.getLogger("editorial.tests").makeRecord(
        "editorial.tests", logging.INFO, "", 0, message, arguments, None, extra=extra
    )
    logs.WithRequestId().filter(made)
    return made


def failure(error):
    made = record("It failed.")
    try:
        raise error
    except Exception:
        made.exc_info = sys.exc_info()
    return made


def as_json(made):
    return json.loads(logs.JsonFormatter().format(made))


def test_json_event_has_these_fields_alone():
    made = record("Saved %s.", "it", text=TEXT, address="192.0.2.7")
    made.created = 0

    assert as_json(made) == {
        "time": "1970-01-01T00:00:00.000+00:00",
        "level": "INFO",
        "logger": "editorial.tests",
        "message": "Saved it.",
        "request_id": "-",
    }


def test_json_event_is_one_line():
    assert "\n" not in logs.JsonFormatter().format(failure(ValueError("a\nb")))


def test_text_event_has_the_same_fields():
    made = record()
    made.created = 0

    line = logs.TextFormatter().format(made)

    assert line == "1970-01-01T00:00:00.000+00:00 INFO editorial.tests Saved. -"


def test_line_break_in_a_message_cannot_forge_an_event():
    lines = logs.TextFormatter().format(record("a\nINFO forged")).splitlines()

    assert lines[1] == "  INFO forged -"


@pytest.mark.parametrize("formatter", [logs.JsonFormatter(), logs.TextFormatter()])
def test_failing_row_is_not_quoted(formatter):
    error = ValueError(f"violates a constraint\nDETAIL:  Failing row: {TEXT}")

    line = formatter.format(failure(error))

    assert "ValueError: violates a constraint" in line
    assert TEXT not in line


def test_long_reason_is_cut():
    story = as_json(failure(ValueError("x" * 5000)))["error"]

    assert story[-1] == "ValueError: " + "x" * 200


def test_story_begins_with_the_cause():
    error = ValueError("effect")
    error.__cause__ = KeyError("cause")

    story = as_json(failure(error))["error"]

    assert (story[0], story[-1]) == ("KeyError: 'cause'", "ValueError: effect")


def test_error_without_words_is_named():
    assert as_json(failure(ValueError()))["error"][-1] == "ValueError: "


@pytest.mark.parametrize("form", logs.FORMATS)
def test_statements_and_their_texts_are_never_logged(form):
    made = logs.configuration("DEBUG", form)

    assert made["loggers"]["django.db.backends"] == {"level": "INFO"}


def test_answer_bears_the_id_that_the_proxy_sent(visit):
    answer = visit("/healthz", HTTP_X_REQUEST_ID="proxy-00000001")

    assert answer.headers["X-Request-ID"] == "proxy-00000001"


@pytest.mark.parametrize(
    "sent", ["", "short", "a" * 65, "with spaces in", "a\tb-12345"]
)
def test_id_that_is_not_plain_is_replaced(visit, sent):
    answer = visit("/healthz", HTTP_X_REQUEST_ID=sent)

    assert len(answer.headers["X-Request-ID"]) == 32


def test_each_request_has_its_own_id(visit):
    first, second = (visit("/healthz").headers["X-Request-ID"] for _ in "ab")

    assert first != second


def test_refusal_is_logged_with_its_request_and_without_its_reader(visit, caplog):
    caplog.handler.addFilter(logs.WithRequestId())

    visit(
        "/none?q=secret",
        HTTP_X_REQUEST_ID="proxy-00000002",
        REMOTE_ADDR="192.0.2.7",
        HTTP_USER_AGENT="Somebody",
    )

    made = as_json(caplog.records[-1])
    made.pop("time")
    assert made == {
        "level": "WARNING",
        "logger": "django.request",
        "message": "Not Found: /none",
        "request_id": "proxy-00000002",
    }
