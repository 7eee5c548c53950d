"""What changed in an entry, field by field: who, when and why. Reads only.

Stands in for the stock history views, whose form saves on a POST.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from conditions import compare
from editorial import clock
from editorial.desk.catalogue.line_fields import Identifiers


@dataclass(frozen=True)
class Change:
    """One field: what it is called, and its new words with what differs marked."""

    label: str
    html: str


@dataclass(frozen=True)
class Event:
    who: str
    at: datetime
    why: str
    changes: list[Change]
    first: bool


def events(entry):
    """Return every change of an entry that has history, the newest first."""
    rows = entry.history.select_related("history_user").order_by("history_id")
    pairs = pairwise((None, *rows))
    return [_event(before, row) for before, row in pairs][::-1]


def newest(entry):
    """Return the key of the newest row of an entry's history; 0 before the first."""
    keys = entry.history.order_by("-history_id").values_list("history_id", flat=True)
    return keys.first() or 0


def _event(before, row):
    return Event(
        who=row.history_user.printed_name,
        at=row.history_date,
        why=row.history_change_reason or "",
        changes=list(_changes(before, row)),
        first=before is None,
    )


def _changes(before, row):
    for field in row.instance_type._meta.concrete_fields:
        old = _words(before, field) if before else ""
        new = _words(row, field)
        if not field.primary_key and compare.changed(old, new):
            marked = compare.words(old if before else new, new)
            yield Change(str(field.verbose_name), marked)


def _words(row, field):
    value = getattr(row, field.attname)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation:
        return str(getattr(row, field.name) or "")
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return f"{clock.local(value):%Y-%m-%d %H:%M %Z}"
        case list():
            return "\n".join(map(_line, value))
        case _:
            return str(value)


def _line(value):
    return value if isinstance(value, str) else Identifiers().shown(value)
