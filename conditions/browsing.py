"""Many published pages at a time: the lists of a condition, a letter, a reviewer.

With reading.py and news.py the only rooms of the public side with queries. A list
outlives one bad row: what cannot be verified is left out of it and reported.
"""

import logging
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from conditions import content
from conditions.models import LANGUAGE, Condition, Edition, Page, Publication, Reviewer
from conditions.reading import MADE_PUBLIC, Copy, record_or_none
from conditions.wording import CORRECTION

log = logging.getLogger(__name__)

BATCH = 500  # rows in memory, of lists that are read through


class Signer(NamedTuple):
    """Somebody who signed what was public: how many editions are live, and are not."""

    byline: Reviewer
    live: int
    earlier: int


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


def newest_of_each_condition(**where: Any) -> Iterator[Copy]:
    """Yield, for every condition with a live page, the live edition signed last.

    `where` keeps to the pages of some; a few are in memory at a time. Where that
    edition cannot be verified, the newest that can stands in for it, at the end.
    """
    bad = []
    for page in _newest_of_each(**where).iterator(BATCH):
        if copies := _verified([page]):
            yield from copies
        else:
            bad.append(page)
    if bad:
        yield from _stand_ins(bad)


def newest_of(conditions: QuerySet[Condition], most: int) -> list[Copy]:
    """Return the live edition signed last of each of some conditions that has one."""
    pages = _newest_of_each().filter(condition__in=conditions)
    return _verified(pages.order_by("condition__name")[:most])


def recently_signed(count: int) -> list[Copy]:
    """Return the live editions signed last, the newest first."""
    return _verified(_live().order_by("-live_edition_id")[:count])


def signer(slug: str) -> Signer:
    """Return somebody who signed an edition that was public; raise Http404."""
    byline = Reviewer.objects.filter(slug=slug).first()
    if byline is None:
        raise Http404
    acts = Publication.objects.filter(
        kind__in=MADE_PUBLIC, edition__record__contains=_as_signer(slug)
    )
    not_live = ~Q(edition=F("page__live_edition"))
    count = acts.aggregate(
        signed=Count("edition", distinct=True),
        earlier=Count("edition", distinct=True, filter=not_live),
    )
    if not count["signed"]:
        raise Http404
    return Signer(byline, count["signed"] - count["earlier"], count["earlier"])


def signed_by(slug: str) -> QuerySet[Edition]:
    """Select the live editions that a reviewer signed, the newest first."""
    editions = Edition.objects.filter(
        page__language=LANGUAGE,
        page__live_edition=F("pk"),
        record__contains=_as_signer(slug),
    )
    return editions.order_by("-pk")


def corrections() -> QuerySet[Edition]:
    """Select the corrections of pages that are live, the newest first.

    An edition that was signed and never made public is none.
    """
    acts = Publication.objects.filter(edition=OuterRef("pk"), kind__in=MADE_PUBLIC)
    editions = Edition.objects.filter(
        Exists(acts),
        page__language=LANGUAGE,
        page__live_edition__isnull=False,
        record__contains=f'"change_type":{content.canonical(CORRECTION)}',
    )
    return editions.order_by("-pk")


def public_records() -> Iterator[tuple[bool, dict[str, Any]]]:
    """Yield whether it is live, and the record, of each edition ever made public.

    A few in memory at a time; one that cannot be verified is left out.
    """
    acts = Publication.objects.filter(edition=OuterRef("pk"), kind__in=MADE_PUBLIC)
    editions = Edition.objects.filter(Exists(acts), page__language=LANGUAGE)
    editions = editions.annotate(live_now=F("page__live_edition")).defer("content")
    for edition in editions.iterator(BATCH):
        if record := record_or_none(edition):
            yield edition.pk == edition.live_now, record


def count_withdrawn() -> int:
    """Return how many pages were public and are not now."""
    pages = _pages(live_edition=None, publications__kind__in=MADE_PUBLIC)
    return pages.distinct().count()


def records_of_pages(ids: range) -> Iterator[dict[str, Any]]:
    """Yield the record of each live page with such an id, in their order."""
    return _records(_live(pk__gte=ids.start, pk__lt=ids.stop).order_by("pk"))


def records_of_conditions(ids: range) -> Iterator[dict[str, Any]]:
    """Yield, for each condition with such an id, the live record signed last."""
    of = {"condition_id__gte": ids.start, "condition_id__lt": ids.stop}
    return _records(_newest_of_each().filter(**of).order_by("condition_id"))


def newest_record() -> dict[str, Any] | None:
    """Return the record of the live edition signed last, if there is one."""
    return next(_records(_live().order_by("-live_edition_id")[:1]), None)


def _records(pages: QuerySet[Page]) -> Iterator[dict[str, Any]]:
    """Yield verified records, a few in memory at a time; their texts stay unread."""
    for page in pages.defer("live_edition__content").iterator(BATCH):
        if page.live_edition and (record := record_or_none(page.live_edition)):
            yield record


def _stand_ins(bad: list[Page]) -> Iterable[Copy]:
    """Return, for the conditions of bad pages, the newest edition of another page."""
    others = _live(condition__in=[page.condition_id for page in bad])
    others = others.exclude(pk__in=[page.pk for page in bad])
    copies = _verified(others.order_by("live_edition_id"))
    return {copy.condition_address: copy for copy in copies}.values()


def _pages(**where: Any) -> QuerySet[Page]:
    pages = Page.objects.filter(language=LANGUAGE, **where)
    return pages.select_related("live_edition")


def _newest_of_each(**where: Any) -> QuerySet[Page]:
    newer = _pages(
        condition=OuterRef("condition"),
        live_edition_id__gt=OuterRef("live_edition_id"),
    )
    return _live(**where).filter(~Exists(newer))


def _live(**where: Any) -> QuerySet[Page]:
    return _pages(live_edition__isnull=False, **where)


def _as_signer(slug: str) -> str:
    """Return how canonical JSON, which has no blanks, names a signer."""
    return f'"reviewer":{content.canonical(slug)}'


def _verified(pages: Iterable[Page]) -> list[Copy]:
    return verified(page.live_edition for page in pages if page.live_edition)


def verified(editions: Iterable[Edition]) -> list[Copy]:
    """Return the copies of editions; one that was altered is left out, and reported."""
    copies = []
    for edition in editions:
        try:
            copies.append(Copy.of(edition))
        except content.Altered as error:
            log.error("edition %s is left out of a list: %s", edition.pk, error)
    return copies
