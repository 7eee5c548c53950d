"""What is signed: canonical bytes of an edition's content and record, and their hash.

The only module that turns a text into the bytes a signature covers, and reads them.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from conditions.composition import composed, line_feeds

# The number of each shape that is written now; texts of an older one are read as well.
SCHEMA, RECORD_SCHEMA = 1, 2
_CONTENT_1 = frozenset(
    (
        "schema",
        "language",
        "condition",
        "question",
        "short_answer",
        "body",
        "take_part",
        "sources",
        "authors",
        "drafting",
        "disclaimer",
    )
)
_RECORD_1 = frozenset(
    (
        "schema",
        "address",
        "edition",
        "content_sha256",
        "signatures",
        "change_type",
        "note",
        "evidence_searched_on",
        "signed_on",
        "review_due_on",
    )
)
Shapes = Mapping[int, frozenset[str]]
CONTENT: Shapes = {1: _CONTENT_1}
RECORD: Shapes = {1: _RECORD_1, 2: _RECORD_1 | {"reasons", "rules_sha256"}}


class Altered(ValueError):
    """Stored bytes do not have the hash that was signed."""


class NotCanonical(ValueError):
    """A value that has no single form, such as a float."""


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, NFC, LF, no floats, no blanks.

    Two values that a reader could not tell apart have the same text. Raises
    NotCanonical for a float or any type that JSON does not have.
    """
    return json.dumps(
        _settled(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def sha256(text: str) -> str:
    """Return the hash of a canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str, expected_sha256: str, shapes: Shapes) -> dict[str, Any]:
    """Return the value of a stored text, which has the keys of its schema's shape.

    Raises Altered when its hash differs, or when no schema writes such a text.
    """
    if not isinstance(text, str) or sha256(text) != expected_sha256:
        raise Altered("The stored text is not the text that was signed.")
    value = json.loads(text)
    if not isinstance(value, dict) or not _is_shaped(value, shapes):
        raise Altered("The stored text is of no schema that this site knows.")
    return value


def _is_shaped(value: dict[str, Any], shapes: Shapes) -> bool:
    told = value.get("schema")
    return any(told == number and value.keys() == shapes[number] for number in shapes)


def parse(text: str) -> dict[str, Any]:
    """Return the value of a canonical text whose hash nobody promised."""
    return json.loads(text)


def fingerprint(sha256: str) -> str:
    """Return the first 12 digits in groups of four, as readers see them."""
    return " ".join((sha256[0:4], sha256[4:8], sha256[8:12]))


def _settled(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case str():
            return composed(line_feeds(value))
        case list() | tuple():
            return [_settled(item) for item in value]
        case dict():
            return {_key(key): _settled(item) for key, item in value.items()}
    raise NotCanonical(f"{type(value).__name__} has no canonical form.")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise NotCanonical("Keys are texts.")
    return composed(key)


CONDITION_WORDS = ("slug", "name", "abbreviation", "synonyms", "genes", "identifiers")
SOURCE_WORDS = (
    *("key", "kind", "title", "authors", "container", "year"),
    *("pmid", "pmcid", "doi", "nct", "url"),
)


def compose(
    *,
    condition: Any,
    question: Any,
    language: str,
    short_answer: str,
    body: str,
    sources: Iterable[Any],
    authors: Iterable[str],
    drafting: str,
    drafting_note: str,
    disclaimer: str,
) -> dict[str, Any]:
    """Return every public word of an edition, by value, as the schema lays them out.

    `sources` come in the order of their numbers, `authors` as printed names in the
    order in which they wrote. Nothing in it follows a later change of the catalogue.
    """
    return {
        "schema": SCHEMA,
        "language": language,
        "condition": {word: getattr(condition, word) for word in CONDITION_WORDS},
        "question": {"slug": question.slug, "text": question.asked_of(condition)},
        "short_answer": short_answer,
        "body": body,
        "take_part": {
            "trial_search": condition.name if question.offers_trial_search else "",
            "community": _community(condition),
        },
        "sources": [_source(source) for source in sources],
        "authors": list(authors),
        "drafting": {"how": drafting, "note": drafting_note},
        "disclaimer": disclaimer,
    }


def _community(condition: Any) -> dict[str, Any] | None:
    if not condition.community_name:
        return None
    return {
        "name": condition.community_name,
        "members": condition.community_members,
        "as_of": iso(condition.community_as_of),
        "url": condition.community_url,
    }


def _source(source: Any) -> dict[str, Any]:
    return {
        **{word: getattr(source, word) for word in SOURCE_WORDS},
        "accessed_on": iso(source.accessed_on),
        "retracted_on": iso(source.retracted_on),
    }


def iso(day: date | None) -> str:
    """Return a date as 2026-05-08, or the empty text where there is none."""
    return day.isoformat() if day else ""
