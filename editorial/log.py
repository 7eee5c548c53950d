"""The log of every act: append-only, numbered without gaps, one Merkle tree over it.

The only writer of LogEntry and Proof. An entry belongs to the act's own transaction,
and the log is held until that ends: what locks other rows does so before it.
"""

from typing import Any

from django.db import models, transaction

from conditions import content
from conditions.models import Edition, Proof
from conditions.planned import here, planned
from editorial import clock, kept_rows, merkle
from editorial.models import LogEntry, User

SCHEMA = 1
# Any number, as long as no other part of the database takes it for a lock.
LOCK = 6962_2014
# By hand: every act asks both, and to have the ORM write them takes ten times as long.
SIZE = "SELECT MAX(number) FROM editorial_logentry"
NODES = "SELECT number, nodes FROM editorial_logentry WHERE number IN"


def enter(
    act: str,
    *,
    by: User | None,
    about: models.Model | str = "",
    row: models.Model | None = None,
    tree: "Tree | None" = None,
    **facts: Any,
) -> LogEntry:
    """Append an entry: the act, who did it, what it is about, and what it wrote.

    `row` is the kept row that was written; of a row with history, its newest revision.
    `facts` are texts, whole numbers, yes and no, and lists and mappings of these: no
    password, no token, no word of a draft. `tree` is what `held` returned.
    """
    with transaction.atomic(savepoint=False):
        return _append(tree or held(), act, by, about, row, facts)


def held() -> "Tree":
    """Return the tree over every entry, which nobody else adds to from now on.

    Until the transaction ends: its root commits to all before the caller's next entry.
    """
    with transaction.atomic(savepoint=False):
        hold()
        return Tree(size())


def enter_edition(
    edition: Edition, tree: "Tree", *, by: User, about: models.Model
) -> Proof:
    """Append an edition's own entry, and write down how an outsider finds it there."""
    facts = {
        "address": edition.page.address,
        "edition": edition.number,
        "content_sha256": edition.content_sha256,
        "record_sha256": edition.record_sha256,
    }
    with transaction.atomic(savepoint=False):
        entry = _append(tree, "edition", by, about, edition, facts)
        return Proof.objects.create(
            edition=edition,
            entry=entry.entry,
            number=entry.number,
            size=tree.size,
            path=" ".join(tree.inclusion(entry.number)),
            root=tree.root(),
        )


def hold() -> None:
    """Keep everybody else out of the log until the transaction ends.

    An act that writes several unique keys does so first: of two that write the same,
    each would hold one and wait for the other's.
    """
    # SQLite has one writer at a time as it is: every transaction begins as one.
    if (own := here()).vendor == "postgresql":
        with planned(own) as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


class Tree:
    """The tree over the first entries of the log, as it is stored."""

    def __init__(self, size: int) -> None:
        """Read what the next entry and the root need, in one query."""
        self.size = size
        ends = [merkle.completed_by(*peak) for peak in merkle.peaks(size)]
        with planned(here()) as cursor:
            asked = ", ".join(["%s"] * len(ends)) or "NULL"
            cursor.execute(f"{NODES} ({asked})", ends)
            self._nodes = dict(cursor.fetchall())

    def grow(self, nodes: str) -> None:
        """Take in the next entry, of which the subtrees are known that it completes."""
        self.size += 1
        self._nodes[self.size] = nodes

    def node(self, level: int, place: int) -> bytes:
        """Return the hash of a complete subtree."""
        number = merkle.completed_by(level, place)
        if number not in self._nodes:
            rows = LogEntry.objects.filter(number=number)
            self._nodes[number] = rows.values_list("nodes", flat=True).get()
        return bytes.fromhex(self._nodes[number].split()[level])

    def root(self) -> str:
        """Return the root as 64 hexadecimal digits."""
        return merkle.root(self.size, self.node).hex()

    def inclusion(self, number: int) -> list[str]:
        """Return the path from an entry to the root, the entry's neighbour first."""
        return [node.hex() for node in merkle.inclusion(number, self.size, self.node)]

    def consistency(self, old: int) -> list[str]:
        """Return the proof that the tree begins with that of `old` entries."""
        return [node.hex() for node in merkle.consistency(old, self.size, self.node)]


def size() -> int:
    """Return how many entries the log has."""
    with planned(here()) as cursor:
        cursor.execute(SIZE)
        return cursor.fetchone()[0] or 0


def _append(
    tree: Tree,
    act: str,
    by: User | None,
    about: models.Model | str,
    row: models.Model | None,
    facts: dict[str, Any],
) -> LogEntry:
    """Write the next entry of a tree that is held."""
    entry = next_entry(tree, act, by=by, about=about, written=_written(row), **facts)
    entry.save()
    return entry


def next_entry(
    tree: Tree,
    act: str,
    *,
    by: User | None,
    about: models.Model | str,
    written: tuple[str | None, str | None],
    **facts: Any,
) -> LogEntry:
    """Return the next entry, not saved yet, and let the tree grow by it.

    `written` are name and hash of the kept row that was written.
    """
    if isinstance(about, models.Model):
        about = f"{about._meta.model_name}:{about.pk}"
    number, (name, sha256) = tree.size + 1, written
    entry = content.canonical(
        {
            "schema": SCHEMA,
            "number": number,
            "at": clock.now().isoformat(timespec="microseconds"),
            "by": by.pk if by else None,
            "name": by.printed_name if by else "",
            **(words := {"act": act, "about": about, "row": name}),
            "sha256": sha256,
            "facts": facts,
        }
    )
    nodes = merkle.completed(number, merkle.leaf(entry), tree.node)
    stored = " ".join(node.hex() for node in nodes)
    tree.grow(stored)
    return LogEntry(number=number, entry=entry, nodes=stored, **words)


def _written(row: models.Model | None) -> tuple[str | None, str | None]:
    """Return name and hash of a kept row that was written just now, as it is stored."""
    if row is None:
        return None, None
    kept: Any = getattr(row, "newest_history", row)
    return kept_rows.name(type(kept), kept.pk), kept_rows.sha256(kept.as_stored)
