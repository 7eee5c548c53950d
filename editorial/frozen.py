"""Where an entry's words stand: in summaries, in signed editions, in live pages.

Reads only; the one room that compares the catalogue with what was signed.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from conditions import content, markup
from conditions.citations import KEY
from conditions.models import Condition, Edition, Page, Question, Reviewer, Source
from editorial.models import Summary

Entry = Condition | Question | Reviewer | Source

# As a text cites a key, and as a content's bytes have it.
_CITED = re.compile(rf"[\[;]\s*@({KEY})")
_FROZEN = re.compile(r'"key":"((?:[^"\\]|\\.)*)"')


def is_fixed(entry: Entry) -> bool:
    """Say whether the entry's slug or key must stay, since something refers to it."""
    match entry:
        case Condition() | Question():
            return entry.pages.filter(editions__isnull=False).exists()
        case Reviewer():
            return Edition.objects.filter(_signed_by(entry)).exists()
    return bool(summaries_citing(entry)) or _was_cited(entry)


def summaries_citing(source: Source) -> list[Summary]:
    """Return the summaries whose text, as it stands, cites the source."""
    near = Summary.objects.filter(body__contains=source.key)
    return [
        summary
        for summary in near.select_related("condition", "question")
        if _cites(summary, source.key)
    ]


def live_pages(entry: Entry) -> list[tuple[Page, bool]]:
    """Return the live pages that show words of the entry, each with a flag.

    The flag says that the page's frozen words differ from the entry's words now.
    """
    return [
        (page, _differs(entry, page, signed))
        for page, signed in _read(showing(entry), entry)
    ]


def showing(entry: Entry) -> QuerySet[Page]:
    """Select the live pages that show words of the entry; a source's are a guess."""
    return pages().filter(_shows(entry), live_edition__isnull=False)


def warned(source: Source) -> list[Page]:
    """Return the live pages whose readers are told that the source was retracted.

    A page that was signed with the retraction tells it in its own words.
    """
    if not source.retracted_on:
        return []
    read = _read(showing(source), source)
    return [
        page for page, signed in read if not _frozen(source, signed)["retracted_on"]
    ]


def cited() -> tuple[Counter[str], Counter[str]]:
    """Return how many summaries, and how many live pages, cite each key.

    Two queries that read every text once, for a list of sources.
    """
    drafts: Counter[str] = Counter()
    for body in Summary.objects.values_list("body", flat=True).iterator():
        drafts.update(set(_CITED.findall(body)))
    live: Counter[str] = Counter()
    contents = Page.objects.filter(live_edition__isnull=False)
    for text in contents.values_list("live_edition__content", flat=True).iterator():
        live.update(json.loads(f'"{key}"') for key in set(_FROZEN.findall(text)))
    return drafts, live


def outdated(entry: Entry) -> list[Page]:
    """Return the live pages whose frozen words differ from those of the entry now."""
    return [page for page, differs in live_pages(entry) if differs]


def pages() -> QuerySet[Page]:
    """Return all pages, each with the key of its summary as `summary_pk`."""
    same = Summary.objects.filter(
        condition=OuterRef("condition"),
        question=OuterRef("question"),
        language=OuterRef("language"),
    )
    rows = Page.objects.select_related("condition", "question", "live_edition")
    return rows.annotate(summary_pk=Subquery(same.values("pk")[:1])).order_by(
        "condition__name", "question__order", "pk"
    )


def _shows(entry: Entry) -> Q:
    match entry:
        case Condition():
            return Q(condition=entry)
        case Question():
            return Q(question=entry)
        case Reviewer():
            return _signed_by(entry, "live_edition__")
    return _cited_in(entry, "live_edition__")


def _signed_by(reviewer: Reviewer, prefix: str = "") -> Q:
    return Q(**{f"{prefix}record__contains": f'"reviewer":"{reviewer.slug}"'})


def _cited_in(source: Source, prefix: str = "") -> Q:
    return Q(**{f"{prefix}content__contains": _as_frozen(source)})


def _as_frozen(source: Source) -> str:
    """Return the key as a content's bytes have it."""
    return content.canonical({"key": source.key})[1:-1]


def _was_cited(source: Source) -> bool:
    # On SQLite `contains` does not tell capitals from small letters.
    near = Edition.objects.filter(_cited_in(source)).values_list("content", flat=True)
    return any(_as_frozen(source) in text for text in near.iterator())


def _cites(summary: Summary, key: str) -> bool:
    try:
        return key in markup.citations(summary.body)
    except markup.MarkupError:
        return f"@{key}" in summary.body  # unfinished: rather once too often


def _read(rows: QuerySet[Page], entry: Entry) -> Iterator[tuple[Page, dict[str, Any]]]:
    for page in rows:
        # What was tampered with is named on the desk's home, not here.
        live = page.live_edition
        with suppress(content.Altered):
            signed = live.read_content() if live else {}
            if not isinstance(entry, Source) or _frozen(entry, signed):
                yield page, signed


def _frozen(source: Source, signed: dict[str, Any]) -> Any:
    return next((one for one in signed["sources"] if one["key"] == source.key), None)


def _differs(entry: Entry, page: Page, signed: dict[str, Any]) -> bool:
    now = _now(page, entry)
    if isinstance(entry, Source):
        return _frozen(entry, signed) != now["sources"][0]
    whole = ("condition",) if isinstance(entry, Condition) else ()
    parts = (*whole, "question", "take_part")
    return any(signed[part] != now[part] for part in parts)


def _now(page: Page, entry: Entry) -> dict[str, Any]:
    return composed(
        page,
        condition=entry if isinstance(entry, Condition) else None,
        question=entry if isinstance(entry, Question) else None,
        sources=[entry] if isinstance(entry, Source) else [],
    )


def composed(
    page: Page,
    *,
    condition: Condition | None = None,
    question: Question | None = None,
    sources: Iterable[Source] = (),
) -> dict[str, Any]:
    """Return the content that the catalogue would give the page now, without a text."""
    words = content.compose(
        condition=condition or page.condition,
        question=question or page.question,
        language=page.language,
        short_answer="",
        body="",
        sources=sources,
        authors=[],
        drafting="",
        drafting_note="",
        disclaimer="",
    )
    return content.parse(content.canonical(words))
