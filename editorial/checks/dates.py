"""Dates in English prose: the day that a sentence speaks of. No clock."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_NAMES = "|".join([*_MONTHS, *(f"{name[:3]}\\.?" for name in _MONTHS), "sept\\.?"])
_DATE = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_NAMES})\s+"
    r"(?:(?P<us>\d{1,2}),\s+)?(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|(?<!\d)(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)(?!\d)"
    r"|(?<![\w.,/-])(?P<bare>(?:19|20)\d\d)(?![\w/]|[.,]\d)"
)
_ANY = re.compile(_DATE, re.IGNORECASE)
_AS_OF = re.compile(
    r"\b(?:as of|as at|(?:checked|searched|looked) (?:on|in)|last checked)"
    rf"\s+(?:{_DATE})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dated:
    """A date in a sentence, as the last day that it may mean, and where it stands."""

    day: date
    start: int
    end: int


def as_of(words: str) -> Dated | None:
    """Return the date that a sentence says it was true on: "as of November 2026"."""
    found = _AS_OF.search(words)
    return _dated(found) if found else None


def any_date(words: str) -> Dated | None:
    """Return the first date in a sentence, of whatever it is the date."""
    found = _ANY.search(words)
    return _dated(found) if found else None


def _dated(found: re.Match[str]) -> Dated | None:
    try:
        return Dated(_last_day(found), *found.span())
    except ValueError:
        return None  # the 31st of June is no date


def _last_day(found: re.Match[str]) -> date:
    if written := found["iso"]:
        parts = [int(part) for part in written.split("-")]
        return date(*parts) if len(parts) == 3 else _end(parts[0], parts[1])
    if found["bare"]:
        return date(int(found["bare"]), 12, 31)
    year, month = int(found["year"]), _month(found["month"])
    day = found["day"] or found["us"]
    return date(year, month, int(day)) if day else _end(year, month)


def _month(name: str) -> int:
    return next(
        n for n, full in enumerate(_MONTHS, 1) if full.startswith(name[:3].lower())
    )


def _end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])
