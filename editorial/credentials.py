"""Who signs as which byline, and who verified that: the only writer of credentials."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from conditions.models import Reviewer
from editorial import clock, locks, log
from editorial.models import LogEntry, ReviewerAccount, User
from editorial.roles import roles_of
from editorial.states import Role

LAPSED = "credential_lapsed"


def may(by: User) -> bool:
    """Say whether the person pairs and verifies credentials: an editor, a superuser."""
    account = User.objects.filter(pk=by.pk, is_active=True, is_superuser=True)
    return Role.EDITOR in roles_of(by) or account.exists()


def pair(user: User, reviewer: Reviewer, *, by: User) -> ReviewerAccount:
    """Let the user sign as that byline, once somebody has verified it.

    Another byline takes the verification away. Raises PermissionDenied without the
    right, and ValidationError with a sentence for what the rules refuse.
    """
    _require(by)
    _refuse(user.pk == by.pk, "Nobody chooses their own byline: ask another editor.")
    with transaction.atomic():
        _need_reviewer(user)
        locks.held_one(Reviewer, reviewer.pk)
        account = next(iter(held(user=user)), ReviewerAccount(user=user))
        if account.pk and account.reviewer_id == reviewer.pk:
            return account
        _refuse_taken(user, reviewer)
        account.reviewer = reviewer
        account.verified_by = account.verified_at = account.expires_on = None
        return _write(account, by, "credential_paired")


def verify(account: ReviewerAccount, *, by: User, expires_on: date) -> ReviewerAccount:
    """Verify a credential, or renew it, from now until a day to come, inclusive.

    Raises PermissionDenied without the right, and ValidationError for one's own
    credential, for a day that is over and for a byline changed since it was looked at.
    """
    _require(by)
    _refuse(
        account.user_id == by.pk,
        "Nobody verifies their own credential: ask another editor.",
    )
    _refuse(expires_on <= clock.today(), "Give a day to come, until which it holds.")
    with transaction.atomic():
        _need_reviewer(account.user)
        (row,) = held(pk=account.pk)
        _refuse(
            row.reviewer_id != account.reviewer_id,
            "The byline was changed a moment ago: look at it, then verify.",
        )
        row.verified_by, row.verified_at = by, clock.now()
        row.expires_on = expires_on
        return _write(row, by, "credential_verified")


def held(**which: Any) -> list[ReviewerAccount]:
    """Return credentials as they are now, held until the transaction ends."""
    return locks.held(ReviewerAccount.objects.filter(**which))


def take_back(account: ReviewerAccount, *, by: User) -> None:
    """Let a held credential wait to be verified again: what it was for has changed."""
    if account.verified_at:
        account.verified_by = account.verified_at = account.expires_on = None
        _write(account, by, "credential_taken_back")


def note_lapsed() -> Iterator[str]:
    """Enter in the log each credential that has run out; yield a line for each.

    Nobody does anything when one lapses, so the worker asks. Safe to run twice at once.
    """
    over = ReviewerAccount.objects.filter(
        verified_at__isnull=False, expires_on__lt=clock.today()
    )
    for pk in over.order_by("pk").values_list("pk", flat=True):
        # Told after the transaction: who reads slowly must not hold the log.
        if told := _note_lapsed(over.filter(pk=pk)):
            yield told


@transaction.atomic
def _note_lapsed(one: QuerySet[ReviewerAccount]) -> str:
    """Enter a credential that is over and not told of; return the line, or ""."""
    for account in locks.held(one):
        if _last_told(account) != LAPSED:
            until = str(account.expires_on)
            log.enter(LAPSED, by=None, about=account, valid_until=until)
            return f"the credential of {account.user} lapsed after {until}"
    return ""


def _last_told(account: ReviewerAccount) -> str:
    told = LogEntry.objects.filter(about=f"revieweraccount:{account.pk}")
    return str(told.values_list("act", flat=True).last() or "")


def _require(by: User) -> None:
    if not may(by):
        raise PermissionDenied("Only an editor or a superuser looks after credentials.")


def _refuse(wrong: bool, sentence: str) -> None:
    if wrong:
        raise ValidationError(sentence)


def _need_reviewer(user: User) -> None:
    _refuse(
        Role.MEDICAL_REVIEWER not in roles_of(user),
        f"{user.printed_name} is no medical reviewer: the role comes first.",
    )


def _refuse_taken(user: User, reviewer: Reviewer) -> None:
    others = ReviewerAccount.objects.filter(reviewer=reviewer).exclude(user=user)
    if other := others.select_related("user").first():
        raise ValidationError(
            f"{other.user.printed_name} signs as {reviewer} already: choose another."
        )


def _write(account: Any, by: User, act: str) -> ReviewerAccount:
    account._history_user, account._history_date = by, clock.now()
    account.full_clean()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        # full_clean saw no twin: another person's came in between.
        raise ValidationError(
            "Somebody has just paired this person or this byline: look at it again."
        ) from error
    log.enter(act, by=by, about=account, row=account)
    return account
