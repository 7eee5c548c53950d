"""One guard: what a row must be, in SQL that both engines read.

A condition says what must hold of NEW and OLD, the rows; what cannot be told (a NULL, a
text that is no time) is refused. Four words differ between the engines, and each engine
puts its own in their place:

    word_of(NEW.content, body)           the text under a key of canonical JSON
    items_of(NEW.content, sources) AS c  its list as rows, each in c.value
    seconds_of(NEW.signed_at)            a moment as seconds; seconds_now() is this one
    countersign_sha256(NEW.content)      the hash of a text
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

NEVER = "1 = 0"


@dataclass(frozen=True)
class Guard:
    """Refuse an event on a table unless what must be true of the row is true.

    `at_commit`: asked when the transaction ends, by PostgreSQL, which alone can.
    `only`: the engine that needs it, where the other refuses by itself.
    """

    table: str
    event: str
    rule: str
    what: str
    must: str = NEVER
    at_commit: bool = False
    only: str = ""

    @property
    def name(self) -> str:
        """What the database calls it; PostgreSQL reads 63 characters of a name."""
        return f"guard_{self.table}_{self.event.lower()}_{self.rule}"

    def is_for(self, vendor: str) -> bool:
        """Say whether that engine is to have it."""
        return self.only in ("", vendor) and (
            vendor == "postgresql" or not self.at_commit
        )


def in_words_of(must: str, words: Iterable[tuple[str, str]]) -> str:
    """Return a condition with an engine's own words, on one line."""
    for ours, theirs in words:
        must = re.sub(ours, theirs, must)
    return " ".join(must.split())
