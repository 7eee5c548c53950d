"""Takes apart what a reader typed into the search: words and identifiers. No database.

Whatever was typed comes out as finished words, so that no sign of it is ever syntax.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conditions import folding, identifiers
from conditions.composition import composed

LONGEST = 200  # letters of a query; what follows is not looked at
MOST = 12  # words of one that are looked for
_AT_ONCE = 3  # words that may make one identifier: SNOMED CT 719271000
_OPERATORS = {"AND", "OR", "NOT"}  # of other searches
_EDGES = "\"'“”‘’«»()[]{}<>,;!?"


@dataclass(frozen=True)
class Term:
    """One word that is looked for: as compared, and as it was written."""

    stem: str
    written: str
    is_code: bool = False


@dataclass(frozen=True)
class Query:
    """What a reader looks for: their text on one line, and its terms, each once."""

    text: str
    terms: tuple[Term, ...]

    @property
    def stems(self) -> list[str]:
        return [term.stem for term in self.terms]


def read(typed: str) -> Query:
    """Return what was typed as a query; never raises, whatever it was."""
    shown = "".join(sign if sign.isprintable() else " " for sign in typed[:LONGEST])
    text = composed(" ".join(shown.split()))
    found = {term.stem: term for term in reversed([*_terms(text)])}
    terms = tuple(reversed(found.values()))
    return Query(text, (tuple(filter(_tells, terms)) or terms)[:MOST])


def _tells(term: Term) -> bool:
    """A common word in capitals among small letters is meant: WAS gene."""
    is_name = len(term.written) > 1 and term.written.isupper()
    is_name = is_name and term.written not in _OPERATORS
    return term.is_code or is_name or not folding.is_common(term.written)


def _terms(text: str) -> Iterator[Term]:
    parts = text.split(" ")
    while parts:
        if found := _identifier(parts):
            count, term = found
            parts = parts[count:]
            yield term
        else:
            for written in folding.WORD.findall(parts.pop(0)):
                for stem in folding.stems(written):
                    yield Term(stem, written)


def _identifier(parts: list[str]) -> tuple[int, Term] | None:
    """Return how many of the first parts make an identifier, and its term."""
    for count in range(min(_AT_ONCE, len(parts)), 0, -1):
        pasted = " ".join(parts[:count]).strip(_EDGES)
        if not re.search("[0-9]", parts[count - 1]):
            continue
        if found := identifiers.recognise(pasted):
            return count, Term(folding.code(*found), pasted, is_code=True)
    return None
