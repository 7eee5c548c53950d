"""Full text over live editions, on SQLite and PostgreSQL behind one function.

The indexes say which editions; every word that is shown is read from those editions and
verified, and what cannot be verified is left out.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from conditions import (
    called,
    listing,
    passages,
    queries,
    spelling,
    typesetting,
    word_index,
)
from conditions.browsing import verified
from conditions.markup import MarkupError
from conditions.models import Edition
from conditions.queries import Query
from conditions.reading import Copy

log = logging.getLogger(__name__)

ON_A_PAGE = 10  # answers
CONDITIONS = 8
FEW = 3  # answers with all of the words; with fewer, those with some are shown too


@dataclass(frozen=True)
class Found:
    """What a reader gets for their words: conditions, then a page of answers."""

    query: Query
    conditions: list[dict[str, Any]]
    more_conditions: bool
    answers: list[dict[str, Any]]
    total: int  # of answers with all of the words
    others: list[dict[str, Any]]  # answers with some of the words
    number: int
    pages: int
    did_you_mean: str

    @property
    def is_more(self) -> bool:
        """There are more answers than are counted."""
        return self.total > word_index.MOST

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def counted(self) -> int:
        return min(self.total, word_index.MOST)


def find(typed: str, *, page: int = 1) -> Found:
    """Return what live editions have for what a reader typed; raises for no text.

    `page` is of the answers, from 1; one that there is not is the nearest. Misspelt
    words are put right in `did_you_mean` where nothing at all has them.
    """
    query = queries.read(typed)
    stems = query.stems
    hits = word_index.ranked(stems, most=ON_A_PAGE)
    total = len(hits) if len(hits) < ON_A_PAGE else word_index.count(stems)
    pages = max(1, -(-min(total, word_index.MOST) // ON_A_PAGE))
    number = min(max(page, 1), pages)
    if number > 1:
        first = (number - 1) * ON_A_PAGE
        hits = word_index.ranked(stems, first=first, most=ON_A_PAGE)
    others = _with_some(stems, hits) if total < FEW else []
    names = called.find(stems) if number == 1 and stems else []
    copies = _copies([*names[:CONDITIONS], *hits, *others])
    return Found(
        query=query,
        conditions=_conditions(copies, names[:CONDITIONS]),
        more_conditions=len(names) > CONDITIONS,
        answers=_answers(copies, hits, stems),
        total=total,
        others=_answers(copies, others, stems),
        number=number,
        pages=pages,
        did_you_mean="" if total or names else spelling.better(query),
    )


def _with_some(stems: Sequence[str], but: Sequence[int]) -> list[int]:
    if len(stems) < 2:
        return []
    found = word_index.ranked(stems, some=True, most=ON_A_PAGE + len(but))
    return [edition for edition in found if edition not in but][:ON_A_PAGE]


def _copies(editions: Iterable[int]) -> dict[int, Copy]:
    """Return each edition that is live, verified; an altered one is left out."""
    rows = Edition.objects.filter(pk__in={*editions}, page__live_edition=F("pk"))
    return {copy.edition.pk: copy for copy in verified(rows)}


def _conditions(copies: dict[int, Copy], found: list[int]) -> list[dict[str, Any]]:
    """Return conditions as lines of a list, each once, with the edition it is of."""
    of = [copies[one] for one in found if one in copies]
    shown = [
        {**typesetting.condition(copy.content["condition"]), "copy": copy}
        for copy in of
    ]
    return [*{one["address"]: one for one in reversed(shown)}.values()][::-1]


def _answers(
    copies: dict[int, Copy], found: list[int], stems: Sequence[str]
) -> list[dict[str, Any]]:
    """Return answers as lines of a list, each with its edition and a passage of it."""
    shown = []
    for copy in (copies[one] for one in found if one in copies):
        try:
            passage = passages.passage(copy.content, {*stems})
        except MarkupError as error:
            log.error("%s is left out of a search: %s", copy.address, error)
            continue
        line = listing.line(copy)
        asked = passages.marked(line["question"], {*stems})
        shown.append({**line, "copy": copy, "asked": asked, "passage": passage})
    return shown
