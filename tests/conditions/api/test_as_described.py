"""The API answers as its OpenAPI document says, whatever is asked of it.

EXAMPLES says how many questions an address is asked, of those it allows and of those
it does not; `make described` asks the real server more.
"""

import json
import os
import re

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from conditions.api.urls import ASKED
from editorial import publishing
from tests import builders
from tests.builders import Desk

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("EXAMPLES", "8"))
PLAIN = {"Accept-Encoding": "identity"}  # schemathesis unpacks nothing over WSGI


@pytest.fixture
def document(visit):
    """The document, of a site with a live page and a withdrawn one."""
    from editorial.wsgi import application

    desk = Desk()
    desk.live()
    desk.question = builders.make_question(
        desk.editor, slug="cause", pattern="What causes {condition}?"
    )
    publishing.withdraw(
        desk.live(), by=desk.editor, reason="A mistake.", note="We are checking."
    )
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def ask(strategy):
    """Ask what a strategy makes up, and compare each answer with the document."""

    @settings(
        max_examples=EXAMPLES,
        suppress_health_check=list(HealthCheck),
        deadline=None,
        database=None,
        derandomize=True,
    )
    @given(case=strategy)
    def answered(case):
        case.call_and_validate(headers=PLAIN)

    answered()


def test_every_question_is_answered_as_described(document):
    asked = [one.ok() for one in document.get_all_operations()]

    for operation in asked:
        ask(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
        if "{" in operation.path or operation.query:
            ask(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))

    assert len(asked) == len(ASKED) - len({"docs", "openapi.json"})


def test_no_question_that_holds_a_nul_is_allowed(visit, db):
    made = json.loads(visit("/api/v1/openapi.json").body)
    asked = [
        one for path in made["paths"].values() for one in path["get"]["parameters"]
    ]
    words = [one for one in asked if one["schema"]["type"] == "string"]

    assert len(words) > len(ASKED)
    for one in words:
        assert not re.search(one["schema"]["pattern"], "a\0"), one["name"]


@pytest.mark.parametrize("question", ["research", "cause"])
def test_what_is_there_is_answered_as_described(document, question):
    at = {"condition": "progressive-osseous-heteroplasia", "question": question}
    at["number"] = 1
    came = []
    for one in document.get_all_operations():
        operation = one.ok()
        names = {name: at[name] for name in re.findall(r"{(\w+)}", operation.path)}
        case = operation.Case(path_parameters=names)
        came.append(case.call_and_validate(headers=PLAIN).status_code)

    gone = 5 if question == "cause" else 0
    assert came.count(410) == gone
    assert came.count(200) == len(came) - gone
