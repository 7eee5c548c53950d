"""What the database must refuse, as data: one declaration for both engines.

Read `guard.py` for how a condition is written, then `kept`, `summaries`, `signing`,
`commenting`, `pages` and `log` for the conditions themselves.
"""

from collections.abc import Iterator

from editorial.guards import kept, summaries
from editorial.guards.commenting import COMMENTS
from editorial.guards.guard import Guard
from editorial.guards.log import ENTRIES, PROOFS
from editorial.guards.pages import EDITIONS, PAGES, PUBLICATIONS
from editorial.guards.signing import SIGN_OFFS


def guards() -> Iterator[Guard]:
    """Yield every guard that a migrated database has."""
    yield from kept.guards()
    yield from summaries.guards()
    yield from SIGN_OFFS
    yield from COMMENTS
    yield from EDITIONS
    yield from PAGES
    yield from PUBLICATIONS
    yield from ENTRIES
    yield from PROOFS
