"""Handing a person's open work to colleagues, with or without shutting the account.

The only room that calls `workflow.hand_over`; it gives away no publication, since
nobody sets a time in another's name.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from editorial import (
    account_notes,
    accounts,
    barring,
    clock,
    locks,
    open_work,
    roles,
    workflow,
)
from editorial.models import Summary, User
from editorial.open_work import OpenWork
from editorial.rules import MoveRefused
from editorial.states import Role

HANDED, NOBODY = "Handed over: ", "nobody yet"


def reviewers(person: User) -> QuerySet[User]:
    """Return who may take over reviews: colleagues whose credential holds today."""
    today: date = clock.today()
    rows = roles.holders(Role.MEDICAL_REVIEWER).exclude(pk=person.pk)
    valid = rows.filter(
        reviewer_account__verified_at__isnull=False,
        reviewer_account__expires_on__gte=today,
    )
    return valid.order_by("last_name", "username")


def writers(person: User) -> QuerySet[User]:
    """Return who may take over texts."""
    rows = roles.holders(Role.WRITER).exclude(pk=person.pk)
    return rows.order_by("last_name", "username")


def barred(person: User) -> dict[int, int]:
    """Return of how many of a person's reviews each colleague could not sign the text.

    Those of nothing are left out; mostly they wrote in it.
    """
    found = barring.barred(open_work.reviews(person), reviewers(person))
    return {pk: len(texts) for pk, texts in found.items() if texts}


def give(
    person: User,
    *,
    by: User,
    reviewer: User | None = None,
    writer: User | None = None,
    shut: bool,
    seen: str,
) -> str:
    """Hand over what a person has open, shut the account if told so; say what was done.

    A review of a text that the reviewer could not sign goes to nobody, as does
    everything of a kind for which nobody is named. `seen` is `OpenWork.seen` of what
    was looked at.
    Raises PermissionDenied, and ValidationError with a sentence; then nothing is done.
    """
    accounts.require(by)
    with transaction.atomic():
        row = locks.held_one(User, person.pk)
        leaving = shut or not row.is_active
        work = _held(row, leaving)
        if work.seen != seen:
            raise ValidationError(
                f"What {row.printed_name} has open changed a moment ago. Nothing was "
                "done: look at it as it is now, then press again."
            )
        was_shut = shut and accounts.switch(row, False, by=by)
        try:
            told = _give(row, work, by, reviewer, writer, leaving)
        except MoveRefused as error:
            raise ValidationError(str(error)) from error
        if told:
            account_notes.enter(row, f"{HANDED}{told}.", by=by)
    if was_shut:
        accounts.tell_of_switch(row, False, by=by)
    return told


def last_told(person: User) -> str:
    """Return what was handed over when the account was last shut, or ""."""
    for note in account_notes.of(person).values_list("change_message", flat=True):
        if note.startswith(HANDED):
            return str(note.removeprefix(HANDED).removesuffix("."))
        if note == accounts.REOPENED:
            break
    return ""


def _held(person: User, leaving: bool) -> OpenWork:
    """Return what a person has open, as it is once no colleague can change it."""
    work = open_work.of(person, leaving=leaving)
    texts = {summary.pk for summary in (*work.reviews, *work.texts)}
    locks.held(Summary.objects.filter(pk__in=texts))
    return open_work.of(person, leaving=leaving)


def _give(
    person: User,
    work: OpenWork,
    by: User,
    reviewer: User | None,
    writer: User | None,
    leaving: bool,
) -> str:
    since = ", whose account was shut." if leaving else ", whose role was taken away."
    reason = f"Handed over from {person.printed_name}{since}"
    hand_over = partial(workflow.hand_over, by=by, reason=reason)
    taken = sum(_taken_over(one, reviewer, hand_over) for one in work.reviews)
    # Where nobody is named, a text that names nobody stays as it is.
    texts = [one for one in work.texts if writer or one.assigned_writer_id]
    for text in texts:
        hand_over(text, part=Role.WRITER, to=writer)
    told = []
    for count, what, to in (
        (taken, "review", reviewer),
        (len(work.reviews) - taken, "review", None),
        (len(texts), "text", writer),
    ):
        if count:
            number = f"{count} {what}" + ("" if count == 1 else "s")
            told.append(f"{number} to {to.printed_name if to else NOBODY}")
            if to:
                words = f"Took over {number} from {person.printed_name}."
                account_notes.enter(to, words, by=by)
    return "; ".join(told)


def _taken_over(
    review: Summary, to: User | None, hand_over: Callable[..., Summary]
) -> bool:
    """Give a review to the colleague, or to nobody where they could not sign it."""
    if to:
        with suppress(MoveRefused):
            hand_over(review, part=Role.MEDICAL_REVIEWER, to=to)
            return True
    hand_over(review, part=Role.MEDICAL_REVIEWER, to=None)
    return False
