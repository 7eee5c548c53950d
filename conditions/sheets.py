"""One printed answer as it lies in its row: what is sealed of it, and when it is true.

Reads a row and judges it; writes none.
"""

from typing import NamedTuple

from conditions import seals
from conditions.imprint import imprint


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

    def is_good(self, now: float) -> bool:
        """Say whether readers may get it now: it is wanted, and whole."""
        return self.is_wanted(now) and self.is_sealed()

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
