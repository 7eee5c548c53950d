"""A summary's history told in acts: what belongs to each move, and what it did.

Reads rows that were read already; asks no database.
"""

from collections import deque
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.utils.formats import date_format

from conditions.models import Publication, PublicationKind
from editorial import clock
from editorial.models import SignOff
from editorial.states import HAND_OVER

PLAIN = {
    "restore": "restored an earlier text",
    "set_aside": "set the draft aside",
    "submit_for_review": "submitted the text for review",
    "recall": "recalled the text from review",
    "request_changes": "requested changes",
    "start_revision": "started a revision",
    "recheck": "sent the text to recheck",
    HAND_OVER: "handed over the work of a colleague",
}


@dataclass(frozen=True)
class Act:
    """What belongs to a move beside its revision: one act is told as one event."""

    edition: int = 0
    signature: SignOff | None = None
    publication: Publication | None = None


def acts(
    rows: list[Any], signatures: list[SignOff], publications: list[Publication]
) -> dict[int, Act]:
    """Return what each move signed and what it brought before readers, by revision.

    By order and not by time, so that a wrong clock parts nothing: the moves that
    publish and the publications are numbered alike.
    """
    found, waiting, signed = {}, deque(publications), 0
    last = {row.edition_number: row for row in signatures}
    for place, row in enumerate(rows):
        if row.move == "sign_off":
            signed += 1
            live = waiting and _published_by_signing(waiting[0], signed, rows[place:])
            one = waiting.popleft() if live else None
            found[row.revision] = Act(signed, last.get(signed), one)
        elif row.move in ("publish", "withdraw", "reinstate") and waiting:
            one = waiting.popleft()
            found[row.revision] = Act(one.edition.number, None, one)
    return found


def _published_by_signing(act: Publication, edition: int, rows: list[Any]) -> bool:
    """Say whether the sign-off that opens `rows` published, and no later move did."""
    if (act.kind, act.edition.number) != (PublicationKind.PUBLISHED, edition):
        return False
    later = takewhile(lambda row: row.move != "sign_off", rows[1:])
    return all(row.move != "publish" for row in later)


def done(row: Any, act: Act) -> str:
    """Return what somebody did, as the rest of a sentence: “requested changes”."""
    match row.move:
        case "start":
            again = row.revision > 1
            return "took the draft up again" if again else "started the summary"
        case "revise":
            return (
                "saved the text"
                if row.wrote_text
                else "saved a revision of the same text"
            )
        case "assign":
            return _assigned(row)
        case "schedule":
            return _scheduled(row)
        case "sign_off":
            return _signed(act)
        case "publish":
            return f"made edition {act.edition} live"
        case "withdraw":
            return f"withdrew edition {act.edition} from readers"
        case "reinstate":
            return f"put edition {act.edition} back before readers"
    return PLAIN[row.move]


def _signed(act: Act) -> str:
    kind = f" ({act.signature.get_change_type_display()})" if act.signature else ""
    live = ", which went live at once" if act.publication else ""
    return f"signed edition {act.edition}{kind}{live}"


def _assigned(row: Any) -> str:
    if not row.assigned_reviewer:
        return "left the review to whoever is free"
    if row.assigned_reviewer_id == row.history_user_id:
        return "claimed the review"
    return f"asked {row.assigned_reviewer.printed_name} to review"


def _scheduled(row: Any) -> str:
    if not row.publish_not_before:
        return "took the publication time away"
    at = clock.local(row.publish_not_before)
    return f"set publication not before {date_format(at, 'j F Y, H:i')}"
