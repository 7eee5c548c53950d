"""Where a mirror has come to: a text that names one act of publication. No database.

To whoever keeps one it is opaque. It holds the act's id and a hash of the act, so that
a site which was restored from an older copy, and has other acts by those ids, says so.
"""

from conditions import content
from conditions.models import Publication

PATTERN = "^[0-9]{1,18}-[0-9a-f]{16}$"
BEGINNING = f"0-{'0' * 16}"


def of(act: Publication | None) -> str:
    """Return the cursor that stands behind an act; None: before the first."""
    if act is None:
        return BEGINNING
    told = f"{act.page_id} {act.number} {act.kind} {act.edition_id} {act.root}"
    return f"{act.pk}-{content.sha256(told)[:16]}"


def key(cursor: str) -> int:
    """Return the id of the act that a well-formed cursor names; 0 before the first."""
    return int(cursor.partition("-")[0])
