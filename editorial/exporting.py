"""Writes summaries as Markdown files that import_summaries reads back unchanged."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from conditions import identifiers
from conditions.models import SOURCE_SCHEMES, Condition, Source
from editorial.manuscript import Manuscript
from editorial.models import Summary

QUESTION = (
    *("slug", "pattern", "order", "review_interval_months"),
    *("signatures_required", "fewest_sources", "offers_trial_search"),
)
SOURCE = ("key", "kind", "title", "authors", "container", "year")
SOURCE_REST = ("url", "accessed_on", "retracted_on")


class Block(str):
    """A text that stands in the file line by line, under a | mark."""


class Writer(yaml.SafeDumper):
    """Writes values only, never an anchor: the reader refuses those."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _block(writer: yaml.SafeDumper, text: Block) -> yaml.Node:
    return writer.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")


Writer.add_representer(Block, _block)


def chosen(conditions: list[str] | None = None) -> Iterator[Summary]:
    """Yield the working summaries, by address; those set aside are left out."""
    rows = Summary.objects.filter(set_aside=False)
    if conditions:
        rows = rows.filter(condition__slug__in=conditions)
    rows = rows.select_related("condition", "question")
    return rows.order_by("condition__slug", "question__slug").iterator(200)


def write(summary: Summary, folder: Path) -> Path:
    """Write one summary under the folder, whole or not at all; return its path."""
    path = folder / summary.condition.slug / f"{summary.question.slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(to_markdown(summary), encoding="utf-8", newline="\n")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return path


def to_markdown(summary: Summary) -> str:
    """Return a summary's draft text, with its catalogue entries as front matter.

    Empty values are written too: a file says all that the catalogue has.
    """
    matter = {
        "condition": _condition(summary.condition),
        "question": {name: getattr(summary.question, name) for name in QUESTION},
        "language": summary.language,
        "drafting": {"how": str(summary.drafting), "note": summary.drafting_note},
        "evidence_searched_on": summary.evidence_searched_on,
        "sources": [_source(source) for source in Manuscript(summary).sources],
        "short_answer": Block(summary.short_answer and summary.short_answer + "\n"),
    }
    head = yaml.dump(
        matter,
        Dumper=Writer,
        sort_keys=False,
        allow_unicode=True,
        width=float("inf"),
    )
    body = summary.body and summary.body + "\n"
    return f"---\n{head}---\n{body}"


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "slug": condition.slug,
        "name": condition.name,
        "abbreviation": condition.abbreviation,
        "synonyms": condition.synonyms,
        "genes": condition.genes,
        "identifiers": _identifiers(condition),
        "community": {
            "name": condition.community_name,
            "members": condition.community_members,
            "as_of": condition.community_as_of,
            "url": condition.community_url,
        },
    }


def _identifiers(condition: Condition) -> dict[str, Any]:
    """Return the values by scheme: one as it is, several as a list."""
    found: dict[str, list[str]] = {}
    for pair in condition.identifiers:
        found.setdefault(pair["scheme"], []).append(pair["value"])
    return {s: each[0] if len(each) == 1 else each for s, each in found.items()}


def _source(source: Source) -> dict[str, Any]:
    """Return a source's values; the identifier that is its key is said once."""
    in_key = (identifiers.split_key(source.key) or ("",))[0]
    schemes = [scheme for scheme in SOURCE_SCHEMES if scheme != in_key]
    names = (*SOURCE, *schemes, *SOURCE_REST)
    return {name: getattr(source, name) for name in names}
