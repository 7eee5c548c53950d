"""Conditions that share a gene, as their hubs name each other.

The catalogue says only where to look: what is shown, the gene too, is frozen in live
editions. Both must agree, so that `hubs` always finds every hub that names another.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from conditions import browsing, called, content
from conditions.models import Condition
from conditions.often import Given, Often, of_several
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


def hubs(genes: Collection[str]) -> list[str]:
    """Return the hubs that may name, or be named for, one of these genes."""
    stems = sorted(called.stems(genes))
    found = _called(stems)
    return [f"/conditions/{c['slug']}/" for c in found if _both(genes, c["genes"])]


@of_several
def _called(stems: list[Given]) -> Often[Any]:
    named = called.having(stems)
    return Often(lambda: Condition.objects.filter(pk__in=named).values("slug", "genes"))


def _sharing(genes: Collection[str]) -> QuerySet[Condition]:
    wanted: Any = Q(pk__in=[])
    for gene in genes:
        wanted |= Q(said__contains=content.canonical(gene))
    # By the index of names first: of thousands of conditions few have a gene.
    found = Condition.objects.filter(pk__in=called.having(called.stems(genes)))
    return found.alias(said=Cast("genes", TextField())).filter(wanted)


def _both(genes: Iterable[str], others: Iterable[str]) -> list[str]:
    theirs = set(others)
    return [gene for gene in genes if gene in theirs]
