"""Invitations: a link, good once and for some days, to choose one's own password."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import (
    PasswordResetTokenGenerator,
    default_token_generator,
)
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from editorial import account_notes, accounts, locks, mail
from editorial.models import User
from editorial.states import Role


class Tokens(PasswordResetTokenGenerator):
    """As those of a reset, which they cannot stand in for."""

    key_salt = "editorial.invitations.Tokens"


tokens = Tokens()
AGAIN, RESET = "Sent the invitation again.", "Sent a password reset."


def invite(
    *,
    username: str,
    first_name: str,
    last_name: str,
    email: str,
    roles: Collection[Role],
    by: User,
) -> tuple[User, bool]:
    """Make an account and mail its owner; return it, and whether the mail went out.

    Raises what `accounts.make` raises.
    """
    user = accounts.make(
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=email,
        roles=roles,
        by=by,
    )
    return user, _send(user, by)


def send_again(user: User, *, by: User, seen: int | None = None) -> bool | None:
    """Mail a new link, with which every older one ends; say whether it went out.

    `seen` is the newest note of the account that the person knew of: when they have
    sent it since, nothing is sent twice, and None says so. Raises PermissionDenied,
    and ValidationError once a password has been chosen.
    """
    accounts.require(by)
    with transaction.atomic():
        user = locks.held_one(User, user.pk)
        if user.has_usable_password():
            raise ValidationError(
                f"{user.printed_name} has a password: send a password reset instead."
            )
        _need_open(user)
        if _sent_since(user, seen, AGAIN, by):
            return None
        # Each is another random text, with which the links to an older one end.
        user.set_unusable_password()
        user.save(update_fields=("password",))
        account_notes.enter(user, AGAIN, by=by)
    return _send(user, by)


def send_reset(user: User, *, by: User, seen: int | None = None) -> bool | None:
    """Mail a link to choose a new password to the account's own address.

    `seen` and None are as in `send_again`. Raises PermissionDenied, and
    ValidationError where an invitation is due instead.
    """
    accounts.require(by)
    if not user.has_usable_password():
        raise ValidationError(
            f"{user.printed_name} has no password yet: send the invitation again."
        )
    _need_open(user)
    with transaction.atomic():
        user = locks.held_one(User, user.pk)
        if _sent_since(user, seen, RESET, by):
            return None
        account_notes.enter(user, RESET, by=by)
    return mail_reset(user)


def mail_reset(user: User) -> bool:
    """Mail a one-time link to choose a new password; say whether it went out."""
    return mail.send(
        "password_reset",
        user,
        link=_link("password_reset_confirm", user, default_token_generator),
        days=days(),
    )


def days() -> int:
    """Return for how many days a link holds."""
    return settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def _need_open(user: User) -> None:
    if not user.is_active:
        raise ValidationError("The account is shut: reopen it first.")
    if not user.email:
        raise ValidationError("The account has no address: write one first.")


def _sent_since(user: User, seen: int | None, words: str, by: User) -> bool:
    """Say whether this person noted these very words after the note that they saw."""
    if seen is None:
        return False
    mine = account_notes.of(user).filter(pk__gt=seen, user=by, change_message=words)
    return mine.exists()


def _send(user: User, by: User) -> bool:
    link = _link("invitation", user, tokens)
    roles = sorted(role.label for role in accounts.groups_of(user))
    return mail.send(
        "invitation",
        user,
        by=by,
        roles=" and ".join(roles),
        link=link,
        days=days(),
    )


def _link(name: str, user: User, generator: Any) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return mail.link(reverse(name, args=(uid, generator.make_token(user))))
