"""Offers a word of a live name in the place of one that no page has.

Candidates share letters three by three, on both engines alike; then they are compared.
What is offered is read from the edition that has the name, never from the index.
"""

import logging
from difflib import SequenceMatcher

from django.db.models import Count

from conditions import called, folding, word_index
from conditions.browsing import verified
from conditions.models import Edition, Trigram
from conditions.queries import Query, Term

log = logging.getLogger(__name__)

CANDIDATES = 40
CLOSE = 0.75  # of 1, which is equal: two wrong letters in eight


def better(query: Query) -> str:
    """Return the query with its misspelt words put right; "" where none is."""
    text = query.text
    for term in query.terms:
        if _is_strange(term) and (word := _nearest(folding.words(term.written)[0])):
            text = text.replace(term.written, word)
    return text if text != query.text else ""


def _is_strange(term: Term) -> bool:
    """Say whether a word may be misspelt: letters alone, and on no live page."""
    able = term.written.isalpha() and len(term.written) >= called.SHORTEST
    return able and not term.is_code and not word_index.count([term.stem])


def _nearest(word: str) -> str:
    """Return the word of a live name that is most like this one, or ""."""
    close = dict(_close(word))
    named = called.live().filter(word__in=close).values_list("word", "edition")
    found = dict(named.order_by("-edition"))
    for one in sorted(found, key=lambda one: (-close[one], one)):
        if said := _as_written(one, found[one]):
            return said
    return ""


def _close(word: str) -> list[tuple[str, float]]:
    rows = Trigram.objects.filter(letters__in=called.trigrams(word)).values("word")
    rows = rows.annotate(shared=Count("letters", distinct=True))
    rows = rows.order_by("-shared", "word")[:CANDIDATES]
    alike = SequenceMatcher(b=word, autojunk=False)
    found = []
    for row in rows:
        alike.set_seq1(row["word"])
        if (ratio := alike.ratio()) >= CLOSE:
            found.append((row["word"], ratio))
    return found


def _as_written(word: str, edition: int) -> str:
    """Return a word as the names in an edition have it; "" where it was altered."""
    for copy in verified(Edition.objects.filter(pk=edition)):
        for name in called.written(copy.content):
            for one in folding.WORD.findall(name):
                if folding.words(one) == (word,):
                    return one.removesuffix("’s").removesuffix("'s")
    return ""
