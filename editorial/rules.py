"""Why a move would be refused, as a sentence for an editor.

Reads only. The verbs ask under the row's lock; the desk asks before it shows a button.
Roles are not asked here: lack of one is PermissionDenied, never a sentence of this.
"""

from collections.abc import Callable
from datetime import timedelta

from django.utils.formats import date_format

from conditions import content
from editorial import clock, four_eyes, identity, preflight, refusals, threads
from editorial.dossier import Dossier
from editorial.models import SigningAttempt, SignOff, Summary, User
from editorial.states import MOVES, Role, Status

WRONG_PASSWORDS = 5
LOCKED_FOR = timedelta(minutes=15)
STARTED_ALREADY = "This answer has a summary already: open it and revise it."


class MoveRefused(Exception):
    """A move that the rules do not allow now; its text says why and what to do."""


def why_not(name: str, summary: Summary, by: User, known: Dossier | None = None) -> str:
    """Return why the move would be refused to this person now, or "" when it would not.

    Looks at the row as it was read; what depends on words typed into a form (a missing
    note, a wrong password) is asked by the verb itself. What a screen hands over it
    has read for that answer, and what a verb does under its lock.
    """
    move = MOVES[name]
    if summary.set_aside and name != "start":
        return (
            "This draft is set aside: start it again first, as a writer or an editor "
            "does with “Start a summary”."
        )
    if summary.status not in move.origins and name != "start":
        return refusals.does_not_fit(move, Status(summary.status))
    rule = _RULES.get(name)
    return rule(known or Dossier(summary), by) if rule else ""


def _start(known: Dossier, by: User) -> str:
    if known.summary.pk and not known.summary.set_aside:
        return STARTED_ALREADY
    return ""


def _set_aside(known: Dossier, by: User) -> str:
    if known.newest:
        return (
            "This text has been signed before: withdraw the page instead, as an editor "
            "or a medical reviewer may."
        )
    if Role.EDITOR in known.roles_of(by):
        return ""
    if not four_eyes.wrote_since(known.summary, by, 0):
        return "Only its writer or an editor sets a draft aside: ask one of them."
    return ""


def _assign(known: Dossier, by: User) -> str:
    holder = known.summary.assigned_reviewer
    if not holder or holder == by or Role.EDITOR in known.roles_of(by):
        return ""
    return f"{holder.printed_name} holds this review: an editor can hand it over."


def _submit_for_review(known: Dossier, by: User) -> str:
    return " ".join(faults(known)) or preflight.holds_back(known.findings)


def faults(known: Dossier) -> list[str]:
    """Return what must be mended before a check can be sure, one sentence each."""
    found = list(known.unreadable)
    if unresolved := known.manuscript.unresolved:
        keys = ", ".join(unresolved)
        found.append(f"Add to the catalogue, or correct, the cited source: {keys}.")
    return found


def _recall(known: Dossier, by: User) -> str:
    row = known.submitted
    if Role.EDITOR in known.roles_of(by) or (row and row.history_user_id == by.pk):
        return ""
    who = row.history_user.printed_name if row else "the person"
    return f"Only {who}, who submitted it, or an editor recalls it: ask one of them."


def _sign_off(known: Dossier, by: User) -> str:
    try:
        return (
            locked_until(by)
            or identity.missing(by)
            or _credential(known, by)
            or four_eyes.own_words(known, by)
            or " ".join(faults(known))
            or _signed_already(known, by)
            or _held_back(known)
            or threads.why_not_signed(known.threads)
        )
    except content.Altered as error:
        return f"An earlier edition was altered: {error} Tell the operator."


def _held_back(known: Dossier) -> str:
    """What was submitted is held back later on where a date in it lapsed since."""
    if why := preflight.holds_back(known.findings):
        return f"{why} Request changes, so that its writers can mend it."
    return ""


def locked_until(by: User) -> str:
    """Return a sentence while five wrong tries lock this person's signing."""
    since = clock.now() - LOCKED_FOR
    attempts = SigningAttempt.objects.filter(by=by, at__gt=since).order_by("-at")
    times = list(attempts.values_list("at", flat=True)[:WRONG_PASSWORDS])
    if len(times) < WRONG_PASSWORDS:
        return ""
    until = clock.local(times[-1] + LOCKED_FOR)
    return (
        f"Five wrong passwords or codes: your signing is locked until {until:%H:%M}. "
        "If it was not you who typed them, tell your editor at once."
    )


def _credential(known: Dossier, by: User) -> str:
    account = known.account_of(by)
    if not (account and account.verified_at and account.expires_on):
        return "Your credential is not verified yet: ask an editor to verify it."
    if not account.may_sign_on(clock.today()):
        return (
            f"Your credential lapsed on {date_format(account.expires_on)}: "
            "ask an editor to verify it again."
        )
    return ""


def may_sign_today(known: Dossier, user: User) -> bool:
    """Say whether the user's credential is verified and holds today."""
    return not _credential(known, user)


def why_not_reviewed_by(summary: Summary, reviewer: User) -> str:
    """Return why a reviewer could not sign the text as it stands, or ""."""
    known, name = Dossier(summary), reviewer.printed_name
    if Role.MEDICAL_REVIEWER not in known.roles_of(reviewer):
        return f"{name} is not a medical reviewer: choose somebody who is."
    if not may_sign_today(known, reviewer):
        return f"The credential of {name} is not valid today: choose somebody else."
    if four_eyes.bars(known, reviewer):
        return (
            f"{name} wrote part of “{summary}” or of its entries: choose somebody else."
        )
    if any(one.signer_id == reviewer.pk for one in known.signatures):
        return f"{name} has signed “{summary}” already: choose somebody else."
    return ""


def _signed_already(known: Dossier, by: User) -> str:
    if any(signature.signer_id == by.pk for signature in known.signatures):
        return "You have signed this text already. Another medical reviewer signs next."
    return ""


def no_longer_counts(signature: SignOff, summary: Summary) -> str:
    """Return why an earlier signature of this round cannot complete an edition."""
    signer, known = signature.signer, Dossier(summary)
    why = _credential(known, signer) or four_eyes.own_words(known, signer)
    if not why and Role.MEDICAL_REVIEWER in known.roles_of(signer):
        return ""
    return (
        f"{signer.printed_name}’s signature counts no longer, since that account may "
        "not sign now. Recall the text, submit it again, and let another sign it first."
    )


def _publish(known: Dossier, by: User) -> str:
    page, edition = known.page, known.newest
    if not (page and edition):
        return "No edition is signed yet: a medical reviewer must sign it off first."
    if known.is_withdrawn:
        return "The page is withdrawn: put it back instead."
    if page.live_edition_id == edition.pk:
        return f"Edition {edition.number}, the newest signed one, is live already."
    return ""


def _withdraw(known: Dossier, by: User) -> str:
    if known.page and known.page.live_edition_id:
        return ""
    if known.is_withdrawn:
        return "The page is withdrawn already: an editor can put it back."
    return "The page is not live. Readers see nothing of it that could be withdrawn."


def _reinstate(known: Dossier, by: User) -> str:
    if known.is_withdrawn:
        return ""
    if known.page and known.page.live_edition_id:
        return "The page is not withdrawn. Readers see it now."
    return "The page is not withdrawn. It is published once it is signed."


_RULES: dict[str, Callable[[Dossier, User], str]] = {
    "start": _start,
    "set_aside": _set_aside,
    "assign": _assign,
    "submit_for_review": _submit_for_review,
    "recall": _recall,
    "sign_off": _sign_off,
    "publish": _publish,
    "withdraw": _withdraw,
    "reinstate": _reinstate,
}
