"""Why a move would be refused, as a sentence for an editor.

Reads only. The verbs ask under the row's lock; the desk asks before it shows a button.
Roles are not asked here: lack of one is PermissionDenied, never a sentence of this.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.formats import date_format

from conditions import content, markup
from conditions.models import Edition, Page, Publication, PublicationKind
from editorial import clock, four_eyes
from editorial.manuscript import Manuscript, editions_of, page_of
from editorial.models import ReviewerAccount, SigningAttempt, SignOff, Summary, User
from editorial.roles import roles_of
from editorial.states import MOVES, Role, Status

WRONG_PASSWORDS = 5
LOCKED_FOR = timedelta(minutes=15)
STARTED_ALREADY = "This answer has a summary already: open it and revise it."
_IS = {
    Status.DRAFT: "a draft",
    Status.IN_REVIEW: "in review",
    Status.CHANGES_REQUESTED: "waiting for changes",
    Status.REVIEWED: "reviewed",
}


class MoveRefused(Exception):
    """A move that the rules do not allow now; its text says why and what to do."""


def why_not(name: str, summary: Summary, by: User) -> str:
    """Return why the move would be refused to this person now, or "" when it would not.

    Looks at the row as it was read; what depends on words typed into a form (a missing
    note, a wrong password) is asked by the verb itself.
    """
    move = MOVES[name]
    if summary.set_aside and name != "start":
        return "This draft is set aside: start it again first."
    if summary.status not in move.origins and name != "start":
        wanted = " or ".join(_IS[state] for state in Status if state in move.origins)
        return (
            f"This summary is {_IS[Status(summary.status)]}; "
            f"“{move.label}” needs one that is {wanted}."
        )
    rule = _RULES.get(name)
    return rule(summary, by) if rule else ""


def last_publication(page: Page) -> Publication | None:
    """Return the newest act of publication of a page."""
    return Publication.objects.filter(page=page).order_by("-number").first()


def is_withdrawn(page: Page | None) -> bool:
    """Say whether the newest act took the page away from readers."""
    last = last_publication(page) if page else None
    return bool(last and last.kind == PublicationKind.WITHDRAWN)


def newest_edition(summary: Summary) -> Edition | None:
    """Return the newest signed edition, live or not."""
    return editions_of(summary).first()


def submitted(summary: Summary) -> Any:
    """Return the newest revision that sent the text to review: its author and move."""
    return summary.history.filter(move__in=("submit_for_review", "recheck")).first()


def _start(summary: Summary, by: User) -> str:
    if summary.pk and not summary.set_aside:
        return STARTED_ALREADY
    return ""


def _set_aside(summary: Summary, by: User) -> str:
    if newest_edition(summary):
        return "This text has been signed before: withdraw the page instead."
    if Role.EDITOR not in roles_of(by) and not four_eyes.wrote_since(summary, by, 0):
        return "Only its writer or an editor sets a draft aside."
    return ""


def _assign(summary: Summary, by: User) -> str:
    holder = summary.assigned_reviewer
    if not holder or holder == by or Role.EDITOR in roles_of(by):
        return ""
    return f"{holder.printed_name} holds this review: an editor can hand it over."


def _submit_for_review(summary: Summary, by: User) -> str:
    return " ".join(faults(summary))


def faults(summary: Summary) -> list[str]:
    """Return what must be mended before a reviewer sees the text, one sentence each."""
    found = []
    if not summary.short_answer.strip():
        found.append("Write the short answer.")
    if not summary.body.strip():
        found.append("Write the body.")
    for check, text in (
        (markup.check_short, summary.short_answer),
        (markup.check, summary.body),
    ):
        try:
            check(text)
        except markup.MarkupError as error:
            found.append(str(error))
    manuscript = Manuscript(summary)
    if manuscript.unresolved:
        keys = ", ".join(manuscript.unresolved)
        found.append(f"Add to the catalogue, or correct, the cited source: {keys}.")
    if len(manuscript.sources) < summary.question.fewest_sources:
        found.append(
            f"Cite at least {summary.question.fewest_sources} of the catalogue’s "
            f"sources in the body; it cites {len(manuscript.sources)}."
        )
    return found


def _recall(summary: Summary, by: User) -> str:
    row = submitted(summary)
    if Role.EDITOR not in roles_of(by) and (not row or row.history_user_id != by.pk):
        return "Only the person who submitted it, or an editor, recalls it."
    return ""


def _sign_off(summary: Summary, by: User) -> str:
    try:
        return (
            locked_until(by)
            or _credential(by)
            or four_eyes.own_words(summary, by)
            or " ".join(faults(summary))
            or _signed_already(summary, by)
        )
    except content.Altered as error:
        return f"An earlier edition was altered: {error} Tell the operator."


def locked_until(by: User) -> str:
    """Return a sentence while five wrong passwords lock this person's signing."""
    since = clock.now() - LOCKED_FOR
    attempts = SigningAttempt.objects.filter(by=by, at__gt=since).order_by("-at")
    times = list(attempts.values_list("at", flat=True)[:WRONG_PASSWORDS])
    if len(times) < WRONG_PASSWORDS:
        return ""
    until = clock.local(times[-1] + LOCKED_FOR)
    return (
        f"Five wrong passwords: your signing is locked until {until:%H:%M}. "
        "If it was not you who typed them, tell your editor at once."
    )


def _credential(by: User) -> str:
    account = ReviewerAccount.objects.filter(user=by).first()
    if not account or not account.verified_at or not account.expires_on:
        return "Your credential is not verified yet: ask an editor to verify it."
    if not account.may_sign_on(clock.today()):
        return (
            f"Your credential lapsed on {date_format(account.expires_on)}: "
            "ask an editor to verify it again."
        )
    return ""


def signatures(summary: Summary) -> list[SignOff]:
    """Return the signatures on this exact text, given in this round of review.

    A text that left review is signed anew by everybody: its first reader may have been
    asked back, or written in it, since.
    """
    sent, newest = submitted(summary), newest_edition(summary)
    given = summary.sign_offs.filter(
        edition_number=newest.number + 1 if newest else 1,
        content_sha256=Manuscript(summary).sha256,
        revision_read__revision__gte=sent.revision if sent else 1,
    )
    return list(given.select_related("signer").order_by("pk"))


def _signed_already(summary: Summary, by: User) -> str:
    mine = any(signature.signer_id == by.pk for signature in signatures(summary))
    return "You have signed this text already." if mine else ""


def no_longer_counts(signature: SignOff, summary: Summary) -> str:
    """Return why an earlier signature of this round cannot complete an edition."""
    signer = signature.signer
    why = _credential(signer) or four_eyes.own_words(summary, signer)
    if not why and Role.MEDICAL_REVIEWER in roles_of(signer):
        return ""
    return (
        f"{signer.printed_name}’s signature counts no longer, since that account may "
        "not sign now. Recall the text, submit it again, and let another sign it first."
    )


def _publish(summary: Summary, by: User) -> str:
    page, edition = page_of(summary), newest_edition(summary)
    if not page or not edition:
        return "No edition is signed yet: a medical reviewer must sign it off first."
    if is_withdrawn(page):
        return "The page is withdrawn: put it back instead."
    if page.live_edition_id == edition.pk:
        return f"Edition {edition.number}, the newest signed one, is live already."
    return ""


def _withdraw(summary: Summary, by: User) -> str:
    page = page_of(summary)
    return "" if page and page.live_edition_id else "The page is not live."


def _reinstate(summary: Summary, by: User) -> str:
    return "" if is_withdrawn(page_of(summary)) else "The page is not withdrawn."


_RULES: dict[str, Callable[[Summary, User], str]] = {
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
