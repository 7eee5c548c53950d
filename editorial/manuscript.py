"""The text that a signature would cover, gathered from a draft and the catalogue.

Reads only. Every screen that shows a text to be signed shows what this room gathers.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from conditions import content, markup
from conditions.models import Edition, Page, Source
from conditions.often import Given, Often, of_several
from editorial.models import Summary, User

# The answer that a summary gives, in a question that is written once.
GIVEN = {name: Given(name) for name in ("condition_id", "question_id", "language")}


@dataclass(frozen=True)
class Manuscript:
    """A summary's text as it stands, with what it cites and who wrote it."""

    summary: Summary

    @cached_property
    def keys(self) -> list[str]:
        """The keys cited, in order of first use; none while the markup is faulty."""
        return cited(self.summary.body)

    @cached_property
    def sources(self) -> list[Source]:
        """The cited sources that the catalogue holds, in order of first use."""
        found = {s.key: s for s in _sources(self.keys)}
        return [found[key] for key in self.keys if key in found]

    @cached_property
    def unresolved(self) -> list[str]:
        """The keys cited that no source has."""
        found = {source.key for source in self.sources}
        return [key for key in self.keys if key not in found]

    @cached_property
    def authors(self) -> list[User]:
        """Everybody who wrote words of this text or an earlier one, in that order."""
        return authors(self.summary)

    @cached_property
    def content(self) -> dict[str, Any]:
        """Every public word, as it would be frozen now."""
        summary = self.summary
        return content.compose(
            condition=summary.condition,
            question=summary.question,
            language=summary.language,
            short_answer=summary.short_answer,
            body=summary.body,
            sources=self.sources,
            authors=[author.printed_name for author in self.authors],
            drafting=summary.drafting,
            drafting_note=summary.drafting_note,
            disclaimer=settings.DISCLAIMER,
        )

    @cached_property
    def canonical(self) -> str:
        return content.canonical(self.content)

    @cached_property
    def sha256(self) -> str:
        return content.sha256(self.canonical)


def cited(body: str) -> list[str]:
    """Return the keys that a body cites; none while its markup is faulty."""
    try:
        return markup.citations(body)
    except markup.MarkupError:
        return []


@of_several
def _sources(keys: list[Given]) -> Often[Source]:
    return Often(lambda: Source.objects.filter(key__in=keys))


def authors(summary: Summary) -> list[User]:
    """Return the people with a `wrote_text` revision, in order of their first one."""
    ids = [*dict.fromkeys(_wrote(summary=summary.pk))]
    people = {one.pk: one for one in _people(ids)}
    return [people[pk] for pk in ids]


@Often
def _wrote() -> QuerySet[Any, int]:
    rows = Summary.history.filter(id=Given("summary"), wrote_text=True)
    return rows.order_by("revision").values_list("history_user_id", flat=True)


@of_several
def _people(ids: list[Any]) -> Often[User]:
    return Often(lambda: User.objects.filter(pk__in=ids))


def page_of(summary: Summary) -> Page | None:
    """Return the public address of a summary, with the edition that is live there.

    None before its first edition.
    """
    return _page.first(**answer(summary))


def editions_of(summary: Summary) -> QuerySet[Edition]:
    """Return the signed editions of a summary, the newest first."""
    return editions(**answer(summary))


def newest_edition(summary: Summary) -> Edition | None:
    """Return the newest signed edition of a summary, live or not."""
    return _newest.first(**answer(summary))


def answer(summary: Summary) -> dict[str, Any]:
    """Return what a summary answers, by which its page is known, for `GIVEN`."""
    return {name: getattr(summary, name) for name in GIVEN}


@Often
def _page() -> QuerySet[Page]:
    pages = Page.objects.select_related("condition", "question", "live_edition")
    return pages.filter(**GIVEN)


def editions(**answer: Any) -> QuerySet[Edition]:
    """Return the signed editions of an answer, the newest first."""
    of = {f"page__{name}": value for name, value in answer.items()}
    return Edition.objects.filter(**of).order_by("-number")


@Often
def _newest() -> QuerySet[Edition]:
    return editions(**GIVEN)[:1]
