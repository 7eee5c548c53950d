"""One printed answer as it lies in its row: what is sealed of it, and when it is true.

Reads a row and judges it; writes none.
"""

from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Cursor

from conditions import seals
from conditions.imprint import imprint

COLUMNS = (
    *("status", "headers", "printed_on", "sha256", "body"),
    *("address", "page", "live", "true_until", "imprint", "key", "code"),
    *("wanted", "printing"),
)
# The live edition comes along, so that no printing outlives what it was made from:
# whoever forgot to ask for a new one, or put an old row back.
SELECT = (
    "SELECT "
    + ", ".join(f"printed.{name}" for name in COLUMNS)
    + ", live.live_edition_id FROM conditions_printed printed"
    " LEFT JOIN conditions_page live ON live.id = printed.page"
    " WHERE printed.address = "
)


class Sheet(NamedTuple):
    """A row, and the live edition of its page at the moment that it was read."""

    status: int
    headers: str
    printed_on: str
    sha256: str
    body: bytes
    address: str
    page: int | None
    live: int | None
    true_until: int | None
    imprint: str
    key: str
    code: str
    wanted: int
    printing: int | None
    live_now: int | None

    @property
    def words(self) -> bytes:
        """What the code is over: all that a reader gets, and all that bounds it."""
        return repr((*self[:4], *self[5:10])).encode()

    def is_sealed(self) -> bool:
        """Say whether it is what the press printed, every byte of it."""
        whole = seals.sha256(self.body) == self.sha256
        return whole and seals.holds(self.key, self.code, self.words)

    def is_altered(self) -> bool:
        """Say whether somebody else wrote it.

        What older code printed, under a key that is not known now, tells nothing.
        """
        ours = seals.knows(self.key) or self.imprint == imprint()
        return bool(self.body) and ours and not self.is_sealed()

    def is_wanted(self, now: float) -> bool:
        """Say whether it is the newest printing, by this process's imprint, and true.

        `now` are seconds since 1970.
        """
        return (
            self.printing == self.wanted
            and self.live == self.live_now
            and self.imprint == imprint()
            and (self.true_until is None or now < self.true_until)
        )


def take(address: str) -> Sheet | None:
    """Return the row of an address as it is now; None where nobody entered it yet.

    The one SELECT that a reader costs. Asked of the driver itself, on Django's own
    connection of this thread: Django's cursors cost more than the answer.
    """
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    ask = _of_sqlite if own.vendor == "sqlite" else _of_postgresql
    with own.wrap_database_errors:
        row = ask(own.connection, address)
    return row and Sheet(*row)


def _of_sqlite(connection: Any, address: str) -> Any:
    return connection.execute(f"{SELECT}?", (address,)).fetchone()


def _of_postgresql(connection: Any, address: str) -> Any:
    """Ask with a statement that the server prepared, which Django's cursors cannot."""
    with Cursor(connection) as cursor:
        asked = cursor.execute(f"{SELECT}%s", (address,), prepare=True, binary=True)
        return asked.fetchone()
