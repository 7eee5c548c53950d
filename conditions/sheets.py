"""One printed answer as it lies in its row: what is sealed of it, and while it is true.

Judges a row; reads and writes none.
"""

from typing import NamedTuple, Self

from django.http import HttpResponse

from conditions import seals
from conditions.imprint import imprint


class Head(NamedTuple):
    """What is sent of a printed answer ahead of its body, which is gzip.

    `headers` are a line each, without those that depend on the request. `printed_on` is
    an HTTP date, or "" for an answer that is made anew each time.
    """

    status: int
    sha256: str
    printed_on: str
    headers: str

    @classmethod
    def of(cls, made: HttpResponse, body: bytes) -> Self:
        """Return the head of an answer, and of its body as gzip."""
        headers = "\n".join(f"{name}: {value}" for name, value in made.items())
        return cls(made.status_code, seals.sha256(body), "", headers)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the head that `written` wrote; raises ValueError for what is none."""
        status, *rest = text.split("\n", 3)
        return cls(int(status), *rest)

    def written(self) -> str:
        return "\n".join(map(str, self))


class Sheet(NamedTuple):
    """A printing: of which address and page, and of which live edition of that page.

    `true_until` are seconds since 1970; None is for good.
    """

    address: str
    page: int | None
    live: int | None
    true_until: int | None
    imprint: str
    head: str
    body: bytes
    code: str

    @property
    def words(self) -> bytes:
        """What the code is over: all that a reader gets, and all that bounds it.

        With the length of each text, so that none can end where another begins.
        """
        address, page, live, true_until, imprint, head, body, _ = self
        bounds = (page, live, true_until, len(address), len(imprint), len(head))
        return f"{bounds}{address}{imprint}{head}".encode() + body

    def is_sealed(self) -> bool:
        """Say whether it is what the press printed, every byte of it."""
        # SQLite keeps a text where a statement puts one, whatever the column is for.
        return isinstance(self.body, bytes) and seals.holds(f"{self.code}", self.words)

    def is_known(self) -> bool:
        """Say whether it claims to be ours, so that no other code is an alteration.

        What older code printed, under a key that is not known now, tells nothing.
        """
        return seals.knows(f"{self.code}") or self.imprint == imprint()

    def is_good(self, now: float) -> bool:
        """Say whether readers may get it at a time: it is whole, and still true."""
        return self.is_sealed() and (self.true_until is None or now < self.true_until)
