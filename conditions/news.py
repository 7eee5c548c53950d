"""What came and went of the public pages: each page by the newest act on it.

With reading.py and browsing.py the only rooms of the public side with queries.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import (
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
)

from conditions import browsing
from conditions.models import LANGUAGE, Page, Publication, PublicationKind
from conditions.reading import MADE_PUBLIC


def newest_acts(count: int, condition: str = "") -> list[Publication]:
    """Return the act by which each page is live or withdrawn, the newest acts first.

    By the acts and not by the signatures: what was signed long before it was published
    is news on the day of that. `condition` is a slug, "" for all of them.
    """
    newer = Publication.objects.filter(
        page=OuterRef("page"), number__gt=OuterRef("number")
    )
    live = Q(kind__in=MADE_PUBLIC, page__live_edition=F("edition"))
    gone = Q(kind=PublicationKind.WITHDRAWN, page__live_edition=None)
    acts = Publication.objects.filter(
        live | gone,
        ~Exists(newer),
        page__language=LANGUAGE,
        **({"page__condition__slug": condition} if condition else {}),
    )
    acts = acts.select_related("edition", "page__condition", "page__question")
    return list(acts.order_by("-pk")[:count])


def newest_corrections(count: int) -> QuerySet[Any, Any]:
    """Select the newest corrections, each with `published_at` and its page."""
    found = browsing.corrections().annotate(published_at=Min("publications__at"))
    return found.select_related("page")[:count]


def runs_of_ids(of: str, ids: int) -> Iterator[tuple[int, datetime]]:
    """Yield the number, from 0, of each run of so many ids in which a page is live.

    With each, when a page of it last came or went. `of` is "pk" for the ids of pages,
    "condition_id" for those of their conditions.
    """
    run = ExpressionWrapper((F(of) - 1) / ids, output_field=IntegerField())
    runs: Any = Page.objects.filter(language=LANGUAGE).values(run=run)
    runs = runs.annotate(act=Max("publications__at"), live=Max("live_edition"))
    yield from runs.exclude(live=None).order_by("run").values_list("run", "act")
