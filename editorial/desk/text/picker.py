"""What the catalogue has for the words, or the identifiers, in “Cite a source”."""

from dataclasses import dataclass
from functools import reduce

from django.db.models import Q

from conditions.models import Source
from editorial.desk.text import pasted
from editorial.desk.text.pasted import Pasted

OFFERED = 10
LONGEST_SEARCH, MOST_WORDS = 1000, 6
LONGEST_WORD = 50  # characters; SQLite refuses far longer patterns with an error
SEARCHED = ("key", "title", "authors", "container", "pmid", "doi", "nct")


@dataclass(frozen=True)
class Found:
    """The catalogue's answer to what stands in the box."""

    search: str = ""
    read: Pasted = pasted.NOTHING
    known: tuple[Source, ...] = ()
    sources: tuple[Source, ...] = ()
    count: int = 0

    @property
    def new(self):
        """What could be added to the catalogue, as a writer knows it; or ""."""
        if self.known:
            return ""
        number = self.read.number
        return f"PMID {number}" if number else self.read.label


NOTHING = Found()


def find(search):
    """Return what the catalogue has for words, or for what was pasted."""
    search = " ".join(search.replace("\x00", "").split())[:LONGEST_SEARCH]
    read = pasted.read(search)
    known = tuple(holding(read))
    if known or read.label or read.several or not search:
        return Found(search, read, known)
    words = [word[:LONGEST_WORD] for word in search.strip("[@]").split()[:MOST_WORDS]]
    found = reduce(_narrowed, words, Source.objects.order_by("-pk"))
    return Found(search, read, (), tuple(found[:OFFERED]), found.count())


def holding(read):
    """Return the sources that have one of the identifiers pasted, or the address."""
    wanted = [Q(**{scheme: value}) for scheme, value in read.ids.items()]
    if read.number:
        wanted += [Q(pmid=read.number), Q(pmcid=f"PMC{read.number}")]
        wanted += [Q(nct=f"NCT{read.number}")]
    if read.url:
        wanted += [Q(url__iexact=form) for form in pasted.same(read.url)]
    return Source.objects.filter(reduce(Q.__or__, wanted)) if wanted else ()


def cite(body, key):
    """Return the body with a citation at its end, for a browser without scripts."""
    return f"{body.rstrip()} [@{key}]".lstrip()


def _narrowed(found, word):
    anywhere = (Q(**{f"{field}__icontains": word}) for field in SEARCHED)
    return found.filter(reduce(Q.__or__, anywhere))
