"""Keeps the index behind the search: says what is entered, and enters it.

What it enters is made of an edition's frozen content alone, in the transaction of the
act that made it live. Where that failed, the worker makes up for it.
"""

import logging
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from conditions import called, content, folding, markup, word_index
from conditions.models import Edition, Indexed, Page
from conditions.models.sources import SOURCE_SCHEMES
from conditions.often import Given, Often
from conditions.word_index import Entry

log = logging.getLogger(__name__)

# Raised with each change of what is entered for an edition: all is entered anew then.
WAY = 1
A_ROUND = 300  # pages: what else the worker has to do waits for no more
AT_ONCE = 20  # pages in one transaction


def page_changed(page: Page) -> None:
    """A page was published, withdrawn or put back: enter what is live, drop the rest.

    Costs the same however many pages the site has.
    """
    _enter(page)
    called.enter(page.condition_id, page.live_edition)


def entry(edition: Edition) -> Entry:
    """Return the words of an edition by which it is found.

    Raises content.Altered when its bytes are not as they were signed.
    """
    read = edition.read_content()
    return Entry(
        edition=edition.pk,
        names=[stem for name in called.names(read) for stem in name],
        question=folding.telling(read["question"]["text"]),
        short_answer=_telling(read["short_answer"]),
        body=_telling(read["body"]) + _cited(read["sources"]),
    )


def waiting() -> QuerySet[Page]:
    """Select the pages whose live edition is not in the index, or in an older way."""
    there = Indexed.objects.filter(edition=OuterRef("live_edition"), way=WAY)
    live = Page.objects.filter(live_edition__isnull=False)
    return live.filter(~Exists(there)).select_related("live_edition").order_by("pk")


def enter_waiting() -> Iterator[int]:
    """Enter what is waiting, some pages in each transaction; yield how many.

    Each page once, in their order: safe to stop and to start again.
    """
    last = 0
    while found := list(waiting().filter(pk__gt=last)[:AT_ONCE]):
        last = found[-1].pk
        with transaction.atomic():
            for page in found:
                _enter(page)
            for condition in sorted({page.condition_id for page in found}):
                called.enter(condition)
        yield len(found)


def catch_up() -> Iterator[str]:
    """Enter what is missing, up to a round's share; say how much."""
    count = 0
    for entered in enter_waiting():
        count += entered
        if count >= A_ROUND:
            break
    if count:
        yield f"indexed {count} page{'s' * (count > 1)}"


def clear() -> None:
    """Empty the index; nothing is found until it is filled again."""
    word_index.clear()
    Indexed.objects.all().delete()
    called.forget()


def _enter(page: Page) -> None:
    """Let the index have the live edition of a page, and no other of it.

    One that was altered is in it without a word, so that nobody tries again and again.
    """
    before = _indexed(page=page.pk)
    word_index.drop(before)
    live = page.live_edition
    if live is None:
        Indexed.objects.filter(page=page.pk).delete()
        return
    now = Indexed(page=page.pk, edition=live.pk, way=WAY)
    now.save(force_update=bool(before), force_insert=not before)
    try:
        word_index.put(entry(live))
    except content.Altered as error:
        log.error("edition %s is not in the search index: %s", live.pk, error)


@Often
def _indexed() -> QuerySet[Indexed, int]:
    rows = Indexed.objects.filter(page=Given("page"))
    return rows.values_list("edition", flat=True)


def _cited(sources: list[dict[str, Any]]) -> list[str]:
    """Return the identifiers of sources: as one word each, and as bare digits."""
    found = [(s, one[s]) for one in sources for s in SOURCE_SCHEMES if one[s]]
    whole = [folding.code(scheme, value) for scheme, value in found]
    return whole + [value for scheme, value in found if value.isdigit()]


def _telling(text: str) -> list[str]:
    """Return the telling words of a text; none of one that cannot be shown."""
    try:
        return folding.telling(markup.to_text(text))
    except markup.MarkupError as error:
        log.error("a text is not in the search index: %s", error)
        return []
