"""Conditions, pages and acts of publication in one order, a part at a time by its key.

Beside reading.py and browsing.py the room with queries for machines: what a mirror
walks through costs the same on a large site as on a small one.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from conditions import browsing, content
from conditions.models import LANGUAGE, Condition, Page, Publication
from conditions.reading import Copy

log = logging.getLogger(__name__)

Thing = TypeVar("Thing")


class Part(NamedTuple, Generic[Thing]):
    """Some of a list, and the key of the last that was looked at; None at its end."""

    found: list[Thing]
    last: str | None


def conditions(after: str, most: int) -> Part[Copy]:
    """Return, by slug, the newest live edition of each condition that has one."""
    live = Page.objects.filter(
        condition=OuterRef("pk"), language=LANGUAGE, live_edition__isnull=False
    )
    rows = Condition.objects.filter(Exists(live), slug__gt=after).order_by("slug")
    slugs = dict(rows.values_list("slug", "pk")[: most + 1])
    shown, last = _cut(list(slugs), most)
    copies = browsing.newest_of_each_condition(condition__in=[slugs[s] for s in shown])
    by_slug = {copy.content["condition"]["slug"]: copy for copy in copies}
    return Part([by_slug[slug] for slug in shown if slug in by_slug], last)


def pages(after: int, most: int, condition: str = "") -> Part[Copy]:
    """Return the live pages in the order in which they came to be."""
    rows = Page.objects.filter(language=LANGUAGE, live_edition__isnull=False)
    if condition:
        rows = rows.filter(condition__slug=condition)
    rows = rows.filter(pk__gt=after).order_by("pk")
    rows = rows.select_related("condition", "question", "live_edition")
    shown, last = _cut(list(rows[: most + 1]), most)
    return Part(list(_verified(shown)), str(last.pk) if last else None)


def acts(after: int, most: int) -> Part[Publication]:
    """Return acts of publication in the order in which they were made.

    That is the order of their ids, and none ever appears before one that was read: each
    act holds the log of every act, alone, from before its id is drawn until its
    transaction has ended.
    """
    rows = _acts().filter(pk__gt=after).order_by("pk")
    shown, last = _cut(list(rows[: most + 1]), most)
    return Part(shown, str(last.pk) if last else None)


def act(key: int) -> Publication | None:
    """Return an act of publication by its id."""
    return _acts().filter(pk=key).first()


def last_act_before(moment: datetime) -> Publication | None:
    """Return the act after which all that was made since a moment comes.

    None where that is the first. Clocks go wrong: what comes after is all that says to
    be that new, and maybe some that says to be older.
    """
    # Asked first: an act that is made between the two is one to tell of.
    newest = _acts().order_by("-pk").first()
    first = _acts().filter(at__gte=moment).order_by("pk").first()
    if first is None:
        return newest
    return _acts().filter(pk__lt=first.pk).order_by("-pk").first()


def _acts() -> QuerySet[Publication]:
    rows = Publication.objects.filter(page__language=LANGUAGE)
    rows = rows.select_related("page__condition", "page__question", "edition")
    return rows.defer("edition__content", "edition__record")


def _cut(rows: list[Thing], most: int) -> tuple[list[Thing], Thing | None]:
    """Return no more than was asked for, and the last of them if there are more."""
    shown = rows[:most]
    return shown, shown[-1] if len(rows) > most else None


def _verified(pages: Iterable[Page]) -> Iterable[Copy]:
    """Yield the copies that were signed for these pages; report any other."""
    for page in pages:
        assert page.live_edition is not None
        try:
            yield Copy.of(page.live_edition).at(page.address)
        except content.Altered as error:
            log.error("%s is left out of a list: %s", page.address, error)
