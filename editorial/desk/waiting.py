"""What a row and a group of the desk's home are made of. No database."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Row:
    """One thing that waits: what, where to act on it, why, since when, for whom."""

    what: str
    address: str
    since: date | datetime | None = None
    who: str = ""
    said: str = ""


@dataclass
class Group:
    """Things that wait for one reason; `address` lists all of them, where it can."""

    name: str
    label: str
    badge: str
    colour: str = ""
    address: str = ""
    rows: list[Row] = field(default_factory=list)

    @property
    def hot(self) -> bool:
        return self.colour == "bad" and bool(self.rows)
