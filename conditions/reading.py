"""One page that was published, with all its editions, and nothing else.

With browsing.py and news.py the only rooms of the public side with queries. Every text
leaves it verified against the hash that was signed.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from conditions import content
from conditions.models import (
    LANGUAGE,
    Edition,
    Page,
    Proof,
    Publication,
    PublicationKind,
    Source,
)

log = logging.getLogger(__name__)

MADE_PUBLIC = (PublicationKind.PUBLISHED, PublicationKind.REINSTATED)


class Withdrawn(Exception):
    """The page was withdrawn; carries the publication that says so."""

    def __init__(self, publication: Publication) -> None:
        super().__init__(publication.note)
        self.publication = publication


@dataclass(frozen=True)
class Copy:
    """One edition, verified: what is read (`content`) and who signed it (`record`)."""

    edition: Edition
    content: dict[str, Any]
    record: dict[str, Any]

    @classmethod
    def of(cls, edition: Edition) -> "Copy":
        """Read an edition; raise content.Altered when its bytes are not as signed."""
        record = edition.read_record()
        if record["edition"] != edition.number:
            raise content.Altered("The record was signed for another edition.")
        return cls(edition, edition.read_content(), record)

    def at(self, address: str) -> "Copy":
        """Return the copy itself; raise content.Altered if signed for elsewhere."""
        if self.address != address:
            raise content.Altered("The record was signed for another page.")
        return self

    @property
    def number(self) -> int:
        return self.edition.number

    @property
    def address(self) -> str:
        """The page's path, as it was signed."""
        return str(self.record["address"])

    @property
    def condition_address(self) -> str:
        return f"/conditions/{self.content['condition']['slug']}/"


@dataclass(frozen=True)
class PublicPage:
    """A page that was published at least once, with every act of publication."""

    page: Page
    address: str
    publications: list[Publication]

    @cached_property
    def editions(self) -> dict[int, Edition]:
        """Each edition that was ever public by its number, the newest first."""
        found = {
            act.edition.number: act.edition
            for act in self.publications
            if act.kind in MADE_PUBLIC
        }
        return dict(sorted(found.items(), reverse=True))

    @property
    def first_published_on(self) -> date:
        """The day of the first publication, in the site's own zone."""
        return timezone.localdate(self.publications[0].at)

    def live(self) -> Copy:
        """Return the live edition; raise Withdrawn, or content.Altered."""
        return Copy.of(self.live_edition).at(self.address)

    def edition(self, number: int) -> Copy:
        """Return an edition that was public; raise Http404, Withdrawn or Altered."""
        if number not in self.editions:
            raise Http404
        live = self.live_edition
        edition = live if number == live.number else self.editions[number]
        return Copy.of(edition).at(self.address)

    @property
    def live_edition(self) -> Edition:
        """The edition that is live; raises Withdrawn while nothing may be read."""
        if self.page.live_edition:
            return self.page.live_edition
        # The acts were read after the page: it may have come back in between.
        newest = self.publications[-1]
        if newest.kind == PublicationKind.WITHDRAWN:
            raise Withdrawn(newest)
        return newest.edition

    def records(self) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """Yield number and record of each public edition, None where it was altered."""
        for number, edition in self.editions.items():
            yield number, record_or_none(edition)


def find(condition: str, question: str) -> PublicPage:
    """Return the page at an address; raise Http404 when nothing was ever public there.

    Two queries, however many editions there are.
    """
    at = {"condition__slug": condition, "question__slug": question}
    pages = Page.objects.filter(language=LANGUAGE, **at)
    page = pages.select_related("live_edition").first()
    if page is None:
        raise Http404
    acts = page.publications.select_related("edition").defer("edition__content")
    publications = list(acts.order_by("number"))
    if not publications:
        raise Http404
    return PublicPage(page, f"/conditions/{condition}/{question}/", publications)


def retracted_since(copy: Copy) -> dict[str, date]:
    """Return, by key, on which day sources were retracted that were not when signed."""
    keys = [one["key"] for one in copy.content["sources"] if not one["retracted_on"]]
    found = Source.objects.filter(key__in=keys).order_by("key")
    return {key: on for key, on in found.values_list("key", "retracted_on") if on}


def proof_of(edition: Edition) -> Proof | None:
    """Return where the log of every act has an edition."""
    return Proof.objects.filter(edition=edition).first()


def record_or_none(edition: Edition) -> dict[str, Any] | None:
    """Return an edition's record without its text; None, and a report, if altered."""
    try:
        return edition.read_record()
    except content.Altered as error:
        log.error("the record of edition %s is not shown: %s", edition.pk, error)
        return None


def signed_at(record: dict[str, Any]) -> datetime:
    """Return when the last signature was given, which made the edition."""
    return datetime.fromisoformat(record["signatures"][-1]["at"])
