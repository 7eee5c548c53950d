"""Conditions that share a gene, as their hubs name each other.

The catalogue says only where to look: what is shown, the gene too, is frozen in live
editions. Both must agree, so that `hubs` always finds every hub that tells of another.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from conditions import browsing, content
from conditions.models import Condition
from conditions.reading import Copy

MOST = 12  # on one hub


def related(newest: Copy) -> list[tuple[Copy, list[str]]]:
    """Return the conditions that share a gene with one, and which genes they share."""
    words = newest.content["condition"]
    known = {one.slug: one for one in _sharing(words["genes"])}
    own = known.pop(words["slug"], None)
    genes = _both(words["genes"], own.genes) if own else []
    near = [one.pk for one in known.values() if _both(genes, one.genes)]
    if not near:
        return []
    found = [
        (copy, _both(genes, copy.content["condition"]["genes"]))
        for copy in browsing.newest_of(near[:MOST])
    ]
    return [(copy, shared) for copy, shared in found if shared]


def hubs(genes: Iterable[str]) -> list[str]:
    """Return the hubs that may name, or be named for, one of these genes."""
    return [f"/conditions/{one.slug}/" for one in _sharing(genes)]


def _sharing(genes: Iterable[str]) -> QuerySet[Condition] | list[Condition]:
    said: Any = Q()
    for gene in genes:
        said |= Q(said__contains=content.canonical(gene))
    if not said:
        return []
    rows = Condition.objects.annotate(said=Cast("genes", TextField())).filter(said)
    return rows.order_by("name").only("slug", "genes")


def _both(genes: Iterable[str], others: Iterable[str]) -> list[str]:
    theirs = set(others)
    return [gene for gene in genes if gene in theirs]
