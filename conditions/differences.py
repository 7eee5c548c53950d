"""What a reader sees differently between two editions of a page, word by word.

Compares words as they are read and not as they are typed, the dates and the names of
who signed among them; reads nothing but the two editions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from conditions import (
    compare,
    markup,
    reading,
    references,
    structured_data,
    typesetting,
    wording,
)
from conditions.answers import public
from conditions.reading import Copy, PublicPage

TYPED = {"Short answer": "short_answer", "Answer": "body"}

Words = dict[str, str]


@dataclass(frozen=True)
class Part:
    """One part of a page, such as its sources, in its old words and its new ones."""

    title: str
    old: str
    new: str
    # The same words in other marks: emphasis, the level of a heading, blank lines.
    is_set_anew: bool = False

    @cached_property
    def passages(self) -> list[compare.Passage]:
        """Each passage of both, the ones that are the same among them."""
        return compare.passages(self.old, self.new)

    @property
    def is_same(self) -> bool:
        return not self.is_set_anew and not self.has_other_words

    @property
    def has_other_words(self) -> bool:
        return any(passage.kind != "same" for passage in self.passages)

    @property
    def runs(self) -> Iterator[tuple[bool, list[compare.Passage]]]:
        """Yield runs of passages, and of each whether it is the same in both."""
        for is_same, run in groupby(self.passages, lambda one: one.kind == "same"):
            yield is_same, list(run)


def between(old: Copy, new: Copy) -> list[Part]:
    """Return each part of a page in two editions.

    A source has the number of the new edition in both. One that is gone is "earlier-2":
    a word, so that another source is never shown as a change within a number. Raises
    markup.MarkupError for a text that cannot be shown.
    """
    now, then = (references.numbers(copy.content["sources"]) for copy in (new, old))
    labels = {key: str(number) for key, number in now.items()}
    labels |= {key: f"earlier-{then[key]}" for key in then if key not in now}
    before, after = _words(old, labels), _words(new, labels)
    return [
        Part(title, before[title], after[title], _is_set_anew(old, new, title))
        for title in after
    ]


def _is_set_anew(old: Copy, new: Copy, title: str) -> bool:
    name = TYPED.get(title, "")
    return bool(name) and compare.changed(old.content[name], new.content[name])


def _words(copy: Copy, labels: Mapping[str, str]) -> Words:
    """Return all that stands on an edition's page: paragraphs, under a title each."""
    content, record = copy.content, copy.record
    return {
        "Question": content["question"]["text"],
        "Short answer": markup.to_text(content["short_answer"]),
        "Answer": markup.to_text(content["body"], labels),
        "Take part": _paragraphs(_take_part(content)),
        "Sources": _paragraphs(_sources(content, labels)),
        "Who wrote this page": _paragraphs(_made(content, record)),
        "Who checked this page": _paragraphs(_checked(copy)),
        "The condition": _paragraphs(_condition(content)),
        "Disclaimer": content["disclaimer"],
    }


def _paragraphs(lines: Iterator[str]) -> str:
    return "\n\n".join(line for line in lines if line)


def _take_part(content: dict[str, Any]) -> Iterator[str]:
    block = typesetting.take_part(content["take_part"])
    if not block:
        return
    if block["trial_search"]:
        yield f"Search ClinicalTrials.gov for studies of “{block['trial_search']}”"
    if community := block["community"]:
        as_of = community["as_of"] and f"on {wording.long_date(community['as_of'])}"
        members = community["members"] and f"{community['members']} members {as_of}"
        said = (community["name"], community["url"], members.strip())
        yield ", ".join(filter(None, said))


def _sources(content: dict[str, Any], labels: Mapping[str, str]) -> Iterator[str]:
    """Yield the entries in the order of their labels: one that moved is no change."""
    entries = references.typeset(content["sources"], {}, {})
    keys = references.numbers(content["sources"])
    for key in labels:
        if key in keys:
            yield f"[{labels[key]}] {_source(entries[keys[key] - 1])}"


def _source(entry: dict[str, Any]) -> str:
    words = [entry[part] for part in ("authors", "title", "where", "kind", "url")]
    words += [link["text"] for link in entry["links"]]
    for said, day in (("Read", "read_on"), ("Retracted on", "retracted_on")):
        if entry[day]:
            words.append(f"{said} {wording.long_date(entry[day])}.")
    return " ".join(filter(None, words))


def _made(content: dict[str, Any], record: dict[str, Any]) -> Iterator[str]:
    made = typesetting.made(content, record)
    if made["authors"]:
        yield f"Written by {made['authors']}."
    yield made["drafted"]
    if made["searched_on"]:
        yield f"Evidence searched to {wording.long_date(made['searched_on'])}."


def _checked(copy: Copy) -> Iterator[str]:
    box = typesetting.review(copy.record, copy.number, copy.edition.record_sha256)
    for signer in box["signers"]:
        yield f"{signer['name']}, {signer['role']}"
        yield signer["registration"] and f"Registration: {signer['registration']}"
        yield signer["orcid"]["text"] if signer["orcid"] else ""
        yield f"Interests: {signer['interests']}"
        yield f"{signer['meaning']}: “{signer['attestation']}”"
        yield f"Signed {signer['at_text']}"
    stands = typesetting.standing(copy.record)
    yield f"Page last reviewed: {wording.long_date(stands['last_updated'])}"
    yield f"Next review due: {wording.long_date(stands['due_on'])}"


def _condition(content: dict[str, Any]) -> Iterator[str]:
    shown = typesetting.condition(content["condition"])
    yield shown["name"]
    for said, names in (("Also called", "also_called"), ("Genes", "genes")):
        yield shown[names] and f"{said}: {', '.join(shown[names])}"
    for code in shown["codes"]:
        yield f"{code['label']}: {code['text']}"


@public
def changes(
    request: HttpRequest, *, condition: str, question: str, number: int
) -> HttpResponse:
    """What an edition changed against the one that readers had before it."""
    found = reading.find(condition, question)
    new = found.edition(number)
    old = _before(found, number)
    parts = between(old, new) if old else []
    (change,) = typesetting.changes([(number, new.record)])
    context = {
        "question": new.content["question"]["text"],
        "condition": typesetting.condition(new.content["condition"]),
        "address": new.address,
        "canonical": structured_data.site(f"{change['address']}changes/"),
        "change": change,
        "before": old and old.number,
        "is_live": number == found.live_edition.number,
        "changed": [part for part in parts if not part.is_same],
        "same": [part.title for part in parts if part.is_same and part.new],
    }
    response = render(request, "conditions/edition_changes.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _before(found: PublicPage, number: int) -> Copy | None:
    """Return the edition that was public before this one, if there was any."""
    earlier = [one for one in found.editions if one < number]
    return found.edition(max(earlier)) if earlier else None
