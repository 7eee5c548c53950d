"""Everything that the rows say of each other, asked again from the rows themselves.

Reads only. Trusts no stored hash and no guard. Who cuts off the newest entries together
with the rows that they vouch for leaves a log that agrees with itself: a root that was
kept elsewhere finds that, and nothing in the database can.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError

from conditions.models import Page, Proof, Question
from editorial import guards
from editorial.models import LogEntry, Summary, User
from editorial.verifying import (
    editions,
    entries,
    heads,
    histories,
    pages,
    people,
    reading,
    signatures,
)
from editorial.verifying.found import Found
from editorial.verifying.four_eyes import Edits
from editorial.verifying.heads import Head
from editorial.verifying.reading import Reader, Unreadable
from editorial.verifying.rows import Ledger, kept

__all__ = ("Report", "rows_to_read", "snapshot", "verify")
snapshot = reading.snapshot


@dataclass
class Report:
    """What was found, what was read, and the head of the log."""

    head: Head
    found: Found
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0

    @property
    def is_good(self) -> bool:
        return not self.found.findings


def verify(against: Sequence[Head] = (), tick: Callable[[], object] = bool) -> Report:
    """Check everything in one snapshot; `tick` is called for each row that is read."""
    started, found, reader = time.perf_counter(), Found(), Reader(tick)
    with snapshot():
        for why in guards.differences():
            found.add("guards", why)
        log = _checked(reader, found, against)
    seconds = round(time.perf_counter() - started, 2)
    return Report(heads.current(log), found, dict(reader.counts), seconds)


def rows_to_read() -> int:
    """Return about how many rows a check will read, for a bar of progress."""
    live = (LogEntry, Proof, Page, User, Summary)
    return reading.total([*live, *histories.ENTRIES, *kept()])


def _checked(reader: Reader, found: Found, against: Sequence[Head]) -> entries.Log:
    log = entries.Log()
    try:
        log = entries.read(reader, found, {head.size for head in against})
        heads.compare(list(against), log, found)
        _rows(Ledger(reader, found, log))
    except Unreadable as error:
        found.add("unreadable", error.row, why=error.why)
    except DatabaseError:
        raise
    except Exception as error:
        # Columns can hold anything once somebody else writes them: never call it good.
        why = f"{type(error).__name__}: {error}"
        found.add("stopped", "the rows", why=why)
    return log


def _rows(ledger: Ledger) -> None:
    """Each table once, those that others refer to first."""
    required: dict[int, list[tuple[int, int]]] = {}

    shown = pages.Pages(ledger)
    read = editions.check(ledger)
    signed = signatures.check(ledger)
    edits, signers = Edits(signed.people), people.Signers(ledger.log.rights)

    def seen(model: Any, place: int, values: dict[str, Any]) -> None:
        if model is Question:
            wanted = place, values["signatures_required"]
            required.setdefault(values["id"], []).append(wanted)
        edits.see(model, place, values)
        signers.see(model, place, values)

    histories.check_entries(ledger, seen)
    by_summary = {
        (shown.summaries.get(one.page, (0, 0))[0], one.number): one
        for one in read.values()
    }
    readings = signatures.Readings(ledger, signed, by_summary, edits, signers)
    histories.check_summaries(ledger, readings.see)
    readings.close()
    editions.check_signatures(ledger, read, signed, required, shown.summaries)
    editions.check_proofs(ledger, read)
    shown.check(ledger, read)
    people.check(ledger)
    ledger.close()
