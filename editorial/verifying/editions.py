"""Editions: both hashes, the signatures, the words that were signed, and the proof."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from conditions import content
from conditions.models import Edition, Proof
from editorial.verifying.reading import Values
from editorial.verifying.rows import Ledger, what
from editorial.verifying.signatures import Signatures

PROOF = ("entry", "number", "size", "path", "root")
HASHES = ("content_sha256", "record_sha256")


@dataclass
class Read:
    """What is remembered of an edition."""

    name: str
    what: str
    place: int
    page: int
    number: int
    content: str
    words: str
    signatures: list[str]
    address: str
    signed_on: date | None
    cited: frozenset[str]


def check(ledger: Ledger) -> dict[int, Read]:
    """Check every edition by itself; return them by their keys."""
    read: dict[int, Read] = {}
    found, page, number = ledger.found, 0, 0
    for name, place, values in ledger.read(Edition, "page_id", "number"):
        told = what(values)
        if values["page_id"] != page:
            page, number = values["page_id"], 0
        if values["number"] != number + 1:
            found.add("edition_numbers", name, what=told, number=number)
        number = values["number"]
        words, cited, record = _read(ledger, name, values)
        told_so = [record.get(name) for name in ("edition", "content_sha256")]
        if told_so != [number, values["content_sha256"]]:
            found.add("edition_place", name, what=told)
        facts = ledger.log.facts.get(name)
        if facts and [facts.get(one) for one in HASHES] != [values[h] for h in HASHES]:
            found.add("edition_facts", name, what=told)
        signed = [content.canonical(one) for one in record.get("signatures", ())]
        read[values["id"]] = Read(
            *(name, told, place, page, number, values["content_sha256"], words, signed),
            *(str(record.get("address")), _day(record.get("signed_on")), cited),
        )
    return read


def _day(said: Any) -> date | None:
    try:
        return date.fromisoformat(said)
    except (ValueError, TypeError):
        return None


def _read(
    ledger: Ledger, name: str, values: Values
) -> tuple[str, frozenset[str], dict[str, Any]]:
    """Return words, keys of sources and record, as far as there is some to read."""
    for kind in ("content", "record"):
        if content.sha256(values[kind]) != values[f"{kind}_sha256"]:
            ledger.found.add(f"edition_{kind}", name, what=what(values))
    try:
        said, record = json.loads(values["content"]), json.loads(values["record"])
        cited = frozenset(source["key"] for source in said["sources"])
        return said["short_answer"] + "\0" + said["body"], cited, dict(record)
    except (ValueError, TypeError, KeyError):
        return "", frozenset(), {}


def check_signatures(
    ledger: Ledger,
    editions: dict[int, Read],
    signatures: Signatures,
    required: dict[int, list[tuple[int, int]]],
    summaries: dict[int, tuple[int, int]],
) -> None:
    """Hold each edition against the sign-offs for it and the words that they read.

    `required` has by question the entries that said how many signatures it needs;
    `summaries` has summary and question by page.
    """
    found, newest = ledger.found, _newest(editions, summaries)
    for (summary, number), some in signatures.of_edition.items():
        if number > (last := newest.get(summary, 0)) + 1:
            told = {"what": some[0].what, "number": last}
            found.add("sign_off_edition", some[0].name, **told)
    for edition in editions.values():
        name, of = edition.name, edition.what
        summary, question = summaries.get(edition.page, (0, 0))
        given = signatures.of_edition.get((summary, edition.number), [])
        for_it = [one for one in given if one.content == edition.content]
        named = [one for one in for_it if one.signature in edition.signatures]
        texts = [one.signature for one in named]
        if not set(edition.signatures) <= set(texts) or not texts:
            found.add("edition_signatures", name, what=of)
        if any(signatures.words.get(one.name) != edition.words for one in named):
            found.add("edition_words", name, what=of)
        people = len({one.signer for one in named})
        wanted = _required(required.get(question, []), edition.place)
        if people < wanted:
            found.add("edition_unsigned", name, what=of, number=people, wanted=wanted)


def _newest(
    editions: dict[int, Read], summaries: dict[int, tuple[int, int]]
) -> dict[int, int]:
    """Return the number of the newest edition by summary."""
    newest: dict[int, int] = {}
    for edition in editions.values():
        summary, _ = summaries.get(edition.page, (0, 0))
        newest[summary] = max(edition.number, newest.get(summary, 0))
    return newest


def _required(said: list[tuple[int, int]], place: int) -> int:
    """Return how many signatures the question needed when the edition was written."""
    return next((number for at, number in reversed(said) if at < place), 1)


def check_proofs(ledger: Ledger, editions: dict[int, Read]) -> None:
    """Hold each proof against the tree; every edition has one."""
    found, waiting = ledger.found, dict(editions)
    for name, values in ledger.live(Proof):
        edition = waiting.pop(values["edition_id"], None)
        if not edition:
            found.add("proof_added", name)
            continue
        stored = tuple(values[column] for column in PROOF)
        if stored != ledger.log.proofs.get(edition.name):
            found.add("proof", edition.name, what=edition.what)
    for edition in waiting.values():
        found.add("proof_missing", edition.name, what=edition.what)
