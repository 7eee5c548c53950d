"""What was published, and nothing else: the only room of the public side with queries.

Every text leaves this room verified against the hash that was signed.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone

from conditions import content
from conditions.models import (
    LANGUAGE,
    Edition,
    Page,
    Publication,
    PublicationKind,
    Reviewer,
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
        if self.page.live_edition is None:
            raise Withdrawn(self.publications[-1])
        return self.page.live_edition

    def records(self) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """Yield number and record of each public edition, None where it was altered."""
        for number, edition in self.editions.items():
            yield number, _record_or_none(edition)


def find(condition: str, question: str) -> PublicPage:
    """Return the page at an address; raise Http404 when nothing was ever public there.

    Two queries, however many editions there are.
    """
    page = _pages(condition__slug=condition, question__slug=question).first()
    if page is None:
        raise Http404
    acts = page.publications.select_related("edition").defer("edition__content")
    publications = list(acts.order_by("number"))
    if not publications:
        raise Http404
    return PublicPage(page, f"/conditions/{condition}/{question}/", publications)


def of_condition(condition: str) -> list[Copy]:
    """Return the live editions of a condition, in the order of its questions.

    Raises Http404 when there is none, content.Altered when none can be verified.
    """
    pages = _live(condition__slug=condition).order_by("question__order", "question_id")
    if not pages:
        raise Http404
    copies = _verified(pages)
    if not copies:
        raise content.Altered("No live edition of this condition can be verified.")
    return copies


def newest(copies: Iterable[Copy]) -> Copy:
    """Return the copy signed last: an edition is inserted by its last signature."""
    return max(copies, key=lambda copy: copy.edition.pk)


def newest_of_each_condition() -> list[Copy]:
    """Return, for every condition with a live page, the live edition signed last."""
    newer = _pages(
        condition=OuterRef("condition"),
        live_edition_id__gt=OuterRef("live_edition_id"),
    )
    return _verified(_live().filter(~Exists(newer)))


def recently_signed(count: int) -> list[Copy]:
    """Return the live editions signed last, the newest first."""
    return _verified(_live().order_by("-live_edition_id")[:count])


def reviewer(slug: str) -> Reviewer:
    """Return the byline of somebody who signed an edition that was public, or 404."""
    found = Reviewer.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    acts = Publication.objects.filter(
        kind__in=MADE_PUBLIC, edition__record__contains=_as_signer(slug)
    )
    if not acts.exists():
        raise Http404
    return found


def signed_by(slug: str) -> list[Copy]:
    """Return the live editions that a reviewer signed, the newest first."""
    pages = _live(live_edition__record__contains=_as_signer(slug))
    return [
        copy
        for copy in _verified(pages.order_by("-live_edition_id"))
        if slug in {one["reviewer"] for one in copy.record["signatures"]}
    ]


def live_records() -> list[dict[str, Any]]:
    """Return the record of every live edition that can be verified."""
    editions = _editions(_live().defer("live_edition__content"))
    found = (_record_or_none(edition) for edition in editions)
    return [record for record in found if record]


def count_withdrawn() -> int:
    """Return how many pages were public and are not now."""
    pages = _pages(live_edition=None, publications__kind__in=MADE_PUBLIC)
    return pages.distinct().count()


def retracted_since(copy: Copy) -> dict[str, date]:
    """Return, by key, on which day sources were retracted that were not when signed."""
    keys = [one["key"] for one in copy.content["sources"] if not one["retracted_on"]]
    found = Source.objects.filter(key__in=keys).order_by("key")
    return {key: on for key, on in found.values_list("key", "retracted_on") if on}


def _pages(**where: Any) -> QuerySet[Page]:
    pages = Page.objects.filter(language=LANGUAGE, **where)
    return pages.select_related("live_edition")


def _live(**where: Any) -> QuerySet[Page]:
    return _pages(live_edition__isnull=False, **where)


def _editions(pages: Iterable[Page]) -> Iterator[Edition]:
    return (page.live_edition for page in pages if page.live_edition)


def _as_signer(slug: str) -> str:
    """Return how canonical JSON, which has no blanks, names a signer."""
    return f'"reviewer":{content.canonical(slug)}'


def _verified(pages: Iterable[Page]) -> list[Copy]:
    """Leave out, and report, what cannot be verified: a list outlives one bad row."""
    copies = []
    for edition in _editions(pages):
        try:
            copies.append(Copy.of(edition))
        except content.Altered as error:
            log.error("edition %s is left out of a list: %s", edition.pk, error)
    return copies


def _record_or_none(edition: Edition) -> dict[str, Any] | None:
    try:
        return edition.read_record()
    except content.Altered as error:
        log.error("the record of edition %s is not shown: %s", edition.pk, error)
        return None
