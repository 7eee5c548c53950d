"""Conditions that share a gene, as their hubs name each other.

The catalogue says only where to look: what is shown, the gene too, is frozen in live
editions. Both must agree, so that `hubs` always finds every hub that names another.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import CharField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from conditions import browsing, called, content
from conditions.models import Condition
from conditions.reading import Copy

MOST = 12  # on one hub


def related(newest: Copy) -> list[tuple[Copy, list[str]]]:
    """Return the conditions that share a gene with one, and which genes they share."""
    words = newest.content["condition"]
    if not words["genes"]:
        return []
    own = Condition.objects.filter(slug=words["slug"]).first()
    genes = _both(words["genes"], own.genes) if own else []
    others = _sharing(genes).exclude(slug=words["slug"])
    found = [
        (copy, _both(genes, copy.content["condition"]["genes"]))
        for copy in browsing.newest_of(others, MOST)
    ]
    return [(copy, shared) for copy, shared in found if shared]


def hubs(genes: Collection[str]) -> QuerySet[Any, Any]:
    """Select the hubs that may name, or be named for, one of these genes."""
    parts = (Value("/conditions/"), "slug", Value("/"))
    address = Concat(*parts, output_field=CharField())
    return _sharing(genes).values_list(address)


def _sharing(genes: Collection[str]) -> QuerySet[Condition]:
    wanted: Any = Q(pk__in=[])
    for gene in genes:
        wanted |= Q(said__contains=content.canonical(gene))
    # By the index of names first: of thousands of conditions few have a gene.
    found = Condition.objects.filter(pk__in=called.having(genes))
    return found.alias(said=Cast("genes", TextField())).filter(wanted)


def _both(genes: Iterable[str], others: Iterable[str]) -> list[str]:
    theirs = set(others)
    return [gene for gene in genes if gene in theirs]
