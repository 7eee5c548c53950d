"""What a row and a group of the desk's home are made of. No database."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from editorial import clock

MONTH = 30  # days, where nobody counts them


@dataclass(frozen=True)
class Row:
    """One thing that waits: what, where to act on it, why, since when, for whom."""

    what: str
    address: str
    since: date | datetime | None = None
    who: str = ""
    said: str = ""
    # Of a page that may be signed again as it is: the button that asks for it.
    recheck: Any = None

    @property
    def how_long(self) -> str:
        """Since when, as people say it: "3 days", or "in 3 days" of what is to come."""
        days = (clock.today() - _day(self.since)).days
        if abs(days) < 2:
            return {-1: "tomorrow", 0: "today", 1: "yesterday"}[days]
        return _counted(days) if days > 0 else f"in {_counted(-days)}"

    @property
    def on(self) -> str:
        """The date of it, with its year where that is another than today's."""
        day, today = _day(self.since), clock.today()
        told = date_format(day, "j M" if day.year == today.year else "j M Y")
        return f"since {told}" if day <= today else told


@dataclass
class Group:
    """Things that wait for one reason; `address` lists all of them, where it can.

    `rows` are the first of them, and all where no `count` says that there are more.
    """

    name: str
    label: str
    badge: str
    colour: str = ""
    address: str = ""
    rows: list[Row] = field(default_factory=list)
    count: int | None = None

    @property
    def total(self) -> int:
        return len(self.rows) if self.count is None else self.count

    @property
    def hot(self) -> bool:
        return self.colour == "bad" and bool(self.rows)


def _day(moment: date | datetime) -> date:
    return clock.local(moment).date() if isinstance(moment, datetime) else moment


def _counted(days: int) -> str:
    return f"{days} days" if days < 2 * MONTH else f"{days // MONTH} months"
