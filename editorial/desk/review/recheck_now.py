"""The button in a row that sends its page, as it is, to be read and signed again."""

from dataclasses import dataclass

from django.urls import reverse

from editorial import rules
from editorial.states import MOVES, Role


@dataclass(frozen=True)
class RecheckNow:
    """Where it is sent, the revision seen, what the button says, why it is greyed."""

    url: str
    revision: int
    label: str
    why: str


def offered(summary, user, held):
    """Return the button for who holds these roles; None for whom it is not."""
    move = MOVES["recheck"]
    if not held & move.roles:
        return None
    signs = Role.MEDICAL_REVIEWER in held
    return RecheckNow(
        url=reverse("admin:editorial_summary_move", args=(summary.pk, "recheck")),
        revision=summary.revision,
        label="Review it now" if signs else move.label,
        why=rules.why_not("recheck", summary, user),
    )
