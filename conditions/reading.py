"""One page that was published, with all its editions, and nothing else.

With browsing.py and news.py the only rooms of the public side with queries. Every text
leaves it verified against the hash that was signed.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Q, QuerySet, When
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
from conditions.often import Given, Often, of_several
from conditions.typesetting import TOLD

log = logging.getLogger(__name__)

MADE_PUBLIC = (PublicationKind.PUBLISHED, PublicationKind.REINSTATED)
# Editions that are read at once: what a page tells of, and one that says it has more.
SOME = TOLD + 1


class Act(NamedTuple):
    """An act of publication: of which edition, by its key and by its number.

    `at` stands with the first and with withdrawals alone: to read the times of all took
    longer than to read all else of them.
    """

    kind: str
    note: str
    edition: int
    number: int
    at: datetime


class Withdrawn(Exception):
    """The page was withdrawn; carries the act that says so."""

    def __init__(self, act: Act) -> None:
        super().__init__(act.note)
        self.act = act


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
    acts: list[Act]

    @cached_property
    def editions(self) -> dict[int, int]:
        """The key of each edition that was ever public by its number, newest first."""
        found = {
            act.number: act.edition for act in self.acts if act.kind in MADE_PUBLIC
        }
        return dict(sorted(found.items(), reverse=True))

    @property
    def first_published_on(self) -> date:
        """The day of the first publication, in the site's own zone."""
        return timezone.localdate(self.acts[0].at)

    def live(self) -> Copy:
        """Return the live edition; raise Withdrawn, or content.Altered."""
        return Copy.of(self.live_edition).at(self.address)

    def edition(self, number: int) -> Copy:
        """Return an edition that was public; raise Http404, Withdrawn or Altered."""
        if number not in self.editions:
            raise Http404
        live = self.live_edition
        if number != live.number:
            live = Edition.objects.get(pk=self.editions[number])
        return Copy.of(live).at(self.address)

    @property
    def live_edition(self) -> Edition:
        """The edition that is live; raises Withdrawn while nothing may be read."""
        if self.page.live_edition:
            return self.page.live_edition
        # The acts were read after the page: it may have come back in between.
        newest = self.acts[-1]
        if newest.kind == PublicationKind.WITHDRAWN:
            raise Withdrawn(newest)
        return Edition.objects.get(pk=newest.edition)

    def records(self) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """Yield number and record of each public edition, None where it was altered."""
        for edition in self.recorded():
            yield edition.number, record_or_none(edition)

    def recorded(self) -> Iterator[Edition]:
        """Yield each public edition without its text, the newest first.

        Older ones are read where somebody asks for more than some.
        """
        numbers = list(self.editions)
        for part in filter(None, (numbers[:SOME], numbers[SOME:])):
            found = _records(page=self.page.pk, first=part[-1], last=part[0])
            yield from (one for one in found if one.number in self.editions)


def find(condition: str, question: str) -> PublicPage:
    """Return the page at an address; raise Http404 when nothing was ever public there.

    Two queries, however many editions there are, and a line of each act.
    """
    for page in _page(condition=condition, question=question):
        if acts := [Act(*act.values()) for act in _acts(page=page.pk)]:
            return PublicPage(page, f"/conditions/{condition}/{question}/", acts)
    raise Http404


@Often
def _page() -> QuerySet[Page]:
    slugs = {f"{name}__slug": Given(name) for name in ("condition", "question")}
    pages = Page.objects.filter(language=LANGUAGE, **slugs)
    return pages.select_related("live_edition")


@Often
def _acts() -> QuerySet[Publication, Any]:
    acts = Publication.objects.filter(page=Given("page")).order_by("number")
    told = Q(number=1) | Q(kind=PublicationKind.WITHDRAWN.value)
    at = {"told_at": Case(When(told, then="at"))}
    return acts.values("kind", "note", "edition_id", "edition__number", **at)


@Often
def _records() -> QuerySet[Edition]:
    numbers = {"number__gte": Given("first"), "number__lte": Given("last")}
    found = Edition.objects.filter(page=Given("page"), **numbers)
    return found.defer("content").order_by("-number")


def retracted_since(copy: Copy) -> dict[str, date]:
    """Return, by key, on which day sources were retracted that were not when signed."""
    keys = [one["key"] for one in copy.content["sources"] if not one["retracted_on"]]
    found = _cited(keys)
    return {one["key"]: one["retracted_on"] for one in found if one["retracted_on"]}


@of_several
def _cited(keys: list[Given]) -> Often[Any]:
    cited = Source.objects.filter(key__in=keys).order_by("key")
    return Often(lambda: cited.values("key", "retracted_on"))


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
