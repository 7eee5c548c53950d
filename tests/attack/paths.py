"""One way to write a text that django-simple-history was seen to record, or to miss.

Each row of `write_paths.py` is one; a row says how it must end here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from conditions.models import Edition, Page, Publication
from editorial.models import SignOff, Summary

HISTORY = Summary.history.model
TEXTS = (Summary, HISTORY, SignOff, Edition, Publication, Page)


class Ends(StrEnum):
    """How a way to write may end: there is no fifth."""

    RECORDED = "recorded"  # with its author, its entry in the log and its number
    REFUSED = "refused"  # and every row is as it was
    NO_SUCH_WAY = "no such way"  # which the row itself makes sure of
    NAMED = "named by verify"  # of code or SQL that forges what it can


@dataclass(frozen=True)
class Way:
    """`do` writes, in autocommit unless `undone`; it may return what was answered."""

    name: str
    ends: Ends
    do: Callable
    undone: bool = False


class Refused(Exception):
    """An answer of the desk that refuses what was sent."""


def refused(name, do, **how):
    return Way(name, Ends.REFUSED, do, **how)


def recorded(name, do):
    return Way(name, Ends.RECORDED, do, undone=True)


def named(name, do):
    return Way(name, Ends.NAMED, do, undone=True)


def no_such_way(name, do):
    return Way(name, Ends.NO_SUCH_WAY, do, undone=True)


def as_it_stands():
    """Return every text, and all that says what of it was signed or is public."""
    return {model: list(QuerySet(model).order_by("pk").values()) for model in TEXTS}


def draft(world):
    """Return the row of a draft as somebody's code would read it."""
    return QuerySet(Summary).get(pk=world.draft.pk)
