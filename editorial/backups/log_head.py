"""The root of the log in a copy, from the hashes that the log itself keeps."""

from collections.abc import Callable

from editorial import merkle
from editorial.models import LogEntry
from editorial.verifying import heads

TABLE = LogEntry._meta.db_table
# What the log's rows hold, asked of the copy or of the moment that it shows.
SIZE = f"SELECT COALESCE(MAX(number), 0) FROM {TABLE}"
NODES = f"SELECT nodes FROM {TABLE} WHERE number = "


def head(size: int, nodes: Callable[[int], str]) -> heads.Head | None:
    """Return the head of a log; None of one with a gap, which has no root.

    `nodes` reads the hashes of the subtrees that the entry of a number completes.
    """

    def node(level: int, place: int) -> bytes:
        return bytes.fromhex(nodes(merkle.completed_by(level, place)).split()[level])

    try:
        root = merkle.root(size, node)
    except (TypeError, ValueError, AttributeError, LookupError):
        return None
    return heads.now(size, root.hex())
