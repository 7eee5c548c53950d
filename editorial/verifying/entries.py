"""The log as it is checked: every entry read again, the whole tree computed anew."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from conditions import content
from editorial import clock, log, merkle
from editorial.models import LogEntry
from editorial.verifying.found import Found
from editorial.verifying.reading import Reader, Values
from editorial.verifying.told import Rights

KEYS = frozenset(
    ("schema", "number", "at", "by", "name", "act", "about", "row", "sha256", "facts")
)
COLUMNS = ("number", "act", "about", "row")
# Clocks of two machines agree no better than this; the guards allow as much.
GRACE = timedelta(seconds=5)
NAMES_A_ROOT = ("editorial_signoff:", "conditions_publication:")
EDITION = "conditions_edition:"
ADOPTED = "adopted"


@dataclass
class Log:
    """What the log vouches for, by the names of rows."""

    size: int = 0
    root: str = merkle.EMPTY.hex()
    # The entry's number and the row's hash.
    rows: dict[str, tuple[int, str]] = field(default_factory=dict)
    # The root before the row was written; none for what was there before the log.
    before: dict[str, str] = field(default_factory=dict)
    # What the proof of an edition must be, and the hashes that its entry names.
    proofs: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    rights: Rights = field(default_factory=Rights)
    facts: dict[str, Any] = field(default_factory=dict)
    # The roots of the sizes that were asked for.
    roots: dict[int, str] = field(default_factory=dict)


def read(reader: Reader, found: Found, sizes: Collection[int] = ()) -> Log:
    """Check every entry, and return what the log vouches for."""
    check = _Entries(found, sizes)
    for values in reader.rows(LogEntry, "number"):
        check.take(values)
    check.log.root = check.root()
    return check.log


class _Entries:
    """The entries one by one: the tree's right edge is all that is kept of it."""

    def __init__(self, found: Found, sizes: Collection[int]) -> None:
        self.found, self.sizes, self.log = found, sizes, Log()
        self.now, self.last = clock.now() + GRACE, datetime.min
        self.edge: dict[int, bytes] = {}
        self.next = 1

    def take(self, values: Values) -> None:
        number, text = values["number"], values["entry"]
        if number != self.next:
            missing = f"Entry {self.next}"
            self.found.add("entry_missing", missing, next=number)
        self.next = number + 1
        said, row = self._parse(values), f"Entry {number}"
        if said:
            self._compare(row, said, values)
            self._look_at_the_clock(row, said["at"])
            self.log.rights.take(self.found, row, said)
            if (name := said["row"]) and name.startswith(NAMES_A_ROOT):
                adopted = said["act"] == ADOPTED
                self.log.before[name] = "" if adopted else self.root()
        self._grow(row, text, values["nodes"])
        if said and said["row"]:
            self._vouch(row, said, text)

    def _parse(self, values: Values) -> Values | None:
        try:
            said = json.loads(values["entry"])
            if (
                said.keys() == KEYS
                and said["schema"] == log.SCHEMA
                and content.canonical(said) == values["entry"]
                and isinstance(said["facts"], dict)
                and isinstance(said["row"], str | None)
            ):
                datetime.fromisoformat(said["at"])
                return said
        except (ValueError, TypeError, AttributeError, RecursionError):
            pass
        self.found.add("entry_text", f"Entry {values['number']}")
        return None

    def _compare(self, row: str, said: Values, values: Values) -> None:
        other = [name for name in COLUMNS if said[name] != values[name]]
        if other:
            self.found.add("entry_columns", row, why=", ".join(other))

    def _look_at_the_clock(self, row: str, at: str) -> None:
        moment = datetime.fromisoformat(at)
        if moment > self.now:
            self.found.note(
                "future", row, f"{row} lies in the future ({at}): a clock was ahead."
            )
        elif self.last != datetime.min and moment < self.last:
            self.found.note(
                "backwards", row, f"{row} is dated before the one before it ({at})."
            )
        self.last = moment

    def _grow(self, row: str, text: str, nodes: str) -> None:
        self.log.size += 1
        size, leaf = self.log.size, merkle.leaf(text)
        done = merkle.completed(size, leaf, self._node)
        self.edge[len(done) - 1] = done[-1]
        if nodes != " ".join(node.hex() for node in done):
            self.found.add("entry_nodes", row)
        if size in self.sizes:
            self.log.roots[size] = self.root()

    def _vouch(self, row: str, said: Values, text: str) -> None:
        name, size = said["row"], self.log.size
        if name in self.log.rows:
            self.found.add("entry_row", row, why=name)
        self.log.rows[name] = said["number"], said["sha256"]
        if name.startswith(EDITION):
            path = merkle.inclusion(size, size, self._node)
            told = " ".join(node.hex() for node in path)
            self.log.proofs[name] = text, size, size, told, self.root()
            self.log.facts[name] = said["facts"]

    def root(self) -> str:
        return merkle.root(self.log.size, self._node).hex()

    def _node(self, level: int, place: int) -> bytes:
        """The newest leaf's neighbours are the last complete subtrees of each level."""
        return self.edge[level]
