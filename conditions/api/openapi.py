"""The OpenAPI document: what django-ninja knows, and the refusals of the door."""

from functools import cache
from typing import Any

from django.conf import settings

from conditions.api import shapes
from conditions.api.operations import api
from conditions.api.problems import MEANINGS, MEDIA_TYPE, ROOT

LIMITS = {
    "RateLimit-Policy": "How many questions an address may ask in how many seconds",
    "RateLimit": "How many are left, and the seconds until all are there again",
}
CACHED = {"ETag": "Give it as If-None-Match, and an answer that you have is 304"}


@cache
def document() -> dict[str, Any]:
    """Return the document, the same for the life of a process."""
    made = dict(api.get_openapi_schema(path_prefix=ROOT.strip("/")))
    made["servers"] = [{"url": settings.SITE_URL}]
    made["components"]["schemas"]["Problem"] = _problem()
    made["components"]["responses"] = {
        f"Problem{status}": _refusal(words) for status, words in MEANINGS.items()
    }
    for operations in made["paths"].values():
        del operations["head"]  # as the get beside it
        for operation in operations.values():
            _complete(operation)
    return made


def _problem() -> dict[str, Any]:
    made = shapes.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    made["properties"]["errors"]["items"] = made.pop("$defs")["Fault"]
    return made


def _refusal(words: str) -> dict[str, Any]:
    shape = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": words,
        "headers": _headers(LIMITS),
        "content": {MEDIA_TYPE: {"schema": shape}},
    }


def _complete(operation: dict[str, Any]) -> None:
    """Say the headers of an answer, and how each refusal looks."""
    for parameter in operation["parameters"]:
        _simplify(parameter)
    operation["operationId"] = operation["operationId"].rpartition("_")[2]
    answers = {str(status): said for status, said in operation["responses"].items()}
    answers["200"]["headers"] = _headers(LIMITS | CACHED)
    answers["304"] = {
        "description": "You have it already",
        "headers": _headers(LIMITS | CACHED),
    }
    for status in MEANINGS:
        answers[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    operation["responses"] = answers


def _simplify(parameter: dict[str, Any]) -> None:
    """Say of what may be left out that it may, and not that it may be null."""
    if options := parameter["schema"].get("anyOf"):
        parameter["schema"] = options[0]
        parameter["description"] = options[0].get("description", "")


def _headers(words: dict[str, str]) -> dict[str, Any]:
    return {
        name: {"description": said, "schema": {"type": "string"}}
        for name, said in words.items()
    }
