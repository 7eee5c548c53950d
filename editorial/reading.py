"""Which passages a reviewer must have read before they sign, and which they ticked.

The only writer of Reading. A tick is of exact words: the hash of a passage as it was
and as it is. It falls when either changes, and stays wherever the passage moves to.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import pairwise
from typing import Any

from django.db import transaction

from conditions import content, markup
from editorial import changes, clock, locks, log, roles
from editorial.dossier import Dossier
from editorial.models import Reading, Summary, User
from editorial.states import Status

# Of a first edition: what stands around the text is read as one.
AROUND = "What stands around the text"
TEXT = ("Short answer", "Body")
# The title of its part, its old words and its new ones.
Change = tuple[str, str, str]


def asked(known: Dossier) -> list[str]:
    """Return the key of each passage to be read, in the order of the screen.

    Those that changed since the edition that the text is compared with; all, where
    there is none. Raises content.Altered where that edition was altered.
    """
    words = known.manuscript.content
    if known.base:
        return keys(changed(changes.against(known.base.read_content(), words)))
    return keys(whole(words))


def changed(parts: Iterable[changes.Part]) -> list[Change]:
    """Return every passage that is not the same in both contents, in order."""
    return [
        (part.title, passage.old, passage.new)
        for part in parts
        if part.changed
        for passage in part.passages
        if passage.kind != "same"
    ]


def whole(words: dict[str, Any]) -> list[Change]:
    """Return a first edition's passages: the text block by block, then all around it.

    Without the body's while it cannot be shown: the faults say why.
    """
    parts, blocks = changes.parts(words), []
    with suppress(markup.MarkupError):
        found = markup.block_words(words["body"])
        blocks = ["\n\n".join(found[a:b]) for a, b in passages(found)]
    around = "\n\n".join(f"{t}: {said}" for t, said in parts.items() if t not in TEXT)
    return [
        ("Short answer", "", parts["Short answer"]),
        *(("Body", "", block) for block in blocks),
        (AROUND, "", around),
    ]


def passages(blocks: list[str]) -> list[tuple[int, int]]:
    """Return where each passage begins and ends: a heading goes with what follows."""
    ends = [n for n, one in enumerate(blocks, 1) if not one.startswith("#")]
    if blocks and len(blocks) not in ends:
        ends.append(len(blocks))
    return list(pairwise([0, *ends]))


def keys(found: Iterable[Change]) -> list[str]:
    """Return the hash of each; the same passage twice has two, and is read twice."""
    times: Counter[Change] = Counter()
    made = []
    for change in found:
        times[change] += 1
        made.append(content.sha256(content.canonical([*change, times[change]])))
    return made


def read(known: Dossier, by: User) -> set[str]:
    """Return the keys of all that this reviewer has ever ticked in this summary."""
    rows = known.summary.readings.filter(by=by).values_list("passages", flat=True)
    return {key for passages in rows for key in passages.split()}


def unread(known: Dossier, by: User) -> list[str]:
    """Return the keys of the passages that this reviewer has still to tick."""
    ticked = read(known, by)
    return [key for key in asked(known) if key not in ticked]


def why_unread(known: Dossier, by: User) -> str:
    """Return why somebody cannot sign before they have read on, or ""."""
    try:
        return told(known, len(unread(known, by)))
    except content.Altered as error:
        return f"An earlier edition was altered: {error} Tell the operator."


def told(known: Dossier, left: int) -> str:
    """Return how many passages are left to be read, as a sentence; "" for none."""
    which = "changed passage" if known.base else "passage"
    if not left:
        return ""
    if left == 1:
        return f"One {which} is not ticked as read: read it, then tick it."
    return f"{left} {which}s are not ticked as read: read and tick each."


def tick(summary: Summary, *, by: User, passages: Collection[str]) -> int:
    """Write down which passages a reviewer says they have read; return how many.

    A key that is of no passage of the text as it stands, or was ticked before, counts
    nothing. Raises PermissionDenied and content.Altered.
    """
    with transaction.atomic():
        row = locks.held_one(Summary, summary.pk)
        roles.require(by, "sign_off")
        if row.status != Status.IN_REVIEW:
            return 0
        new = [key for key in unread(Dossier(row), by) if key in passages]
        if new:
            written = Reading.objects.create(
                summary=row, by=by, at=clock.now(), passages="\n".join(new)
            )
            log.enter("passages_read", by=by, about=row, row=written)
    return len(new)
