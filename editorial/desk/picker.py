"""The sources beside the writing form: those a text cites, and those it could cite."""

from functools import reduce

from django.db.models import Q

from conditions.models import Source
from editorial.manuscript import Manuscript

OFFERED = 10
LONGEST_SEARCH, MOST_WORDS = 100, 6
SEARCHED = ("key", "title", "authors", "container", "pmid", "doi", "nct")


def sources(draft, search):
    """Return what the text of a draft cites, and the catalogue's answer to a search."""
    manuscript = Manuscript(draft)
    resolved = {source.key: source for source in manuscript.sources}
    search = search.replace("\x00", "")  # PostgreSQL holds none
    words = search[:LONGEST_SEARCH].split()[:MOST_WORDS]
    found = reduce(_narrowed, words, Source.objects.order_by("-pk"))
    return {
        "cited": [(key, resolved.get(key)) for key in manuscript.keys],
        "unresolved": manuscript.unresolved,
        "search": search,
        "found": found[:OFFERED],
        "found_count": found.count(),
    }


def cite(body, key):
    """Return the body with a citation at its end, for a browser without scripts."""
    return f"{body.rstrip()} [@{key}]".lstrip()


def _narrowed(found, word):
    anywhere = (Q(**{f"{field}__icontains": word}) for field in SEARCHED)
    return found.filter(reduce(Q.__or__, anywhere))
