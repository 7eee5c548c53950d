"""The newsroom's only clock; `demo` alone may move it, to fill an empty database."""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moved_to: ContextVar[datetime | None] = ContextVar("moved_to", default=None)


def now() -> datetime:
    """Return this moment, with its zone (UTC)."""
    return _moved_to.get() or timezone.now()


def today() -> date:
    """Return the date of this moment in the site's own zone."""
    return timezone.localdate(now())


def months_after(day: date, months: int) -> date:
    """Return the day so many months on, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let every act within happen at a past moment; for `demo` alone."""
    token = _moved_to.set(moment)
    try:
        yield
    finally:
        _moved_to.reset(token)


def local(moment: datetime) -> datetime:
    """Return the moment in the site's own zone, for people to read."""
    return timezone.localtime(moment)
