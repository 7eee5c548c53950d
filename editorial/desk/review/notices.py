"""What a person must know before they read a text to judge it, the gravest first.

Reads only, and says nothing that the rules have not said.
"""

from typing import Any

from django.utils.formats import date_format

from conditions import content
from editorial import clock
from editorial.dossier import Dossier
from editorial.models import User


def of(
    known: Dossier, user: User, signing: dict[str, Any] | None
) -> list[dict[str, str]]:
    """Return sentences, each with its colour: "bad", "warn", or "" for none.

    `signing` is the sign-off panel of who may sign such texts at all, else None.
    """
    found = [("bad", _withdrawn(known))]
    if signing:
        found += [
            # At once, and not after the reading.
            ("warn", _barred(signing)),
            ("", _signed_by_others(known, user)),
            ("", _held_by_another(known, user)),
        ]
    return [{"colour": colour, "words": words} for colour, words in found if words]


def _barred(signing: dict[str, Any]) -> str:
    # That they have not read it yet is no news to who begins to read.
    if not signing["why"] or signing.get("unread"):
        return ""
    return f"You cannot sign now. {signing['why']}"


def _withdrawn(known: Dossier) -> str:
    if not known.is_withdrawn or not known.last_act:
        return ""
    since = date_format(clock.local(known.last_act.at), "j F Y, H:i")
    return (
        f"The page has been withdrawn since {since}. Readers see this note instead: "
        f"“{known.last_act.note}”"
    )


def _signed_by_others(known: Dossier, user: User) -> str:
    others = [one for one in known.signatures if one.signer_id != user.pk]
    said = [
        f"{one.signer.printed_name} signed this same text on "
        f"{date_format(clock.local(one.signed_at), 'j F Y, H:i')}: "
        f"“{content.parse(one.signature)['meaning']}”."
        for one in others
    ]
    if said and len(others) + 1 >= known.summary.question.signatures_required:
        said.append("Yours is the last signature that it needs.")
    return " ".join(said)


def _held_by_another(known: Dossier, user: User) -> str:
    holder = known.summary.assigned_reviewer
    if holder in (None, user):
        return ""
    return f"{holder.printed_name} holds this review; you may sign it all the same."
