"""Who somebody is: what proves it, who needs a second factor, and what to do without.

The only room that checks what a signer gives, and that takes second factors away from
another. Knows no request: the desk hands over what was typed.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction

from editorial import account_notes, accounts, locks, mail, sessions
from editorial.models import User
from editorial.roles import roles_of
from editorial.states import Role

APP, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
NEED_ONE = frozenset({Role.MEDICAL_REVIEWER, Role.EDITOR})
RESET = "Took the second factor away."
SET_UP = "Set up a second factor first, under “Your account”: your role needs one."
WRONG_PASSWORD = "That is not your password. Nothing was signed; type it again."
WRONG_CODE = (
    "That code is not right, or it was used already. Nothing was signed: type the next "
    "code that your app shows, or a recovery code that you have not used."
)
WRONG_PASSKEY = (
    "Your passkey did not answer for this very text. Nothing was signed: press the "
    "button and use it again."
)


@dataclass(frozen=True)
class Assertion:
    """What a passkey answered, and the challenge that it was asked."""

    answer: Any
    state: Mapping[str, Any] | None


@dataclass(frozen=True)
class Claim:
    """What a person gives to show who they are, in the very act that asks for it."""

    password: str
    code: str = ""
    passkey: Assertion | None = None


def has_second_factor(user: User) -> bool:
    """Say whether the account has an app or a passkey; recovery codes are none."""
    return _factors(user).exists()


def has_app(user: User) -> bool:
    return _factors(user).filter(type=APP).exists()


def has_passkey(user: User) -> bool:
    return _factors(user).filter(type=PASSKEY).exists()


def needs_second_factor(user: User) -> bool:
    """Say whether the account may do nothing until it has a second factor."""
    if not settings.REQUIRE_SECOND_FACTOR:
        return False
    demanded = bool(roles_of(user) & NEED_ONE) or accounts.may(user)
    return demanded and not has_second_factor(user)


def missing(user: User) -> str:
    """Return a sentence where the role needs a second factor and there is none."""
    return SET_UP if needs_second_factor(user) else ""


def why_not(by: User, claim: Claim) -> str:
    """Return why the claim does not show that it is this person, or "" where it does.

    The password always, and a code or a passkey where the account has a second factor.
    Uses the code up. Hashing takes a quarter of a second: never inside a transaction.
    """
    if not User.objects.get(pk=by.pk).check_password(claim.password):
        return WRONG_PASSWORD
    if not has_second_factor(by):
        return ""
    if claim.passkey:
        return "" if _answers(by, claim.passkey) else WRONG_PASSKEY
    return "" if use_code(by, claim.code) else WRONG_CODE


def use_code(user: User, code: str) -> Authenticator | None:
    """Return what the code is of, app or recovery codes; no code is good twice."""
    rows = Authenticator.objects.filter(user=user).exclude(type=PASSKEY)
    for row in rows:
        if row.wrap().validate_code(code) and (
            row.type != APP or _is_first_use(user, code)
        ):
            return row
    return None


def challenge(user: User, about: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a browser asks a passkey, and the state that judges its answer.

    The passkey signs a hash of what it is asked about: here, of a text's own hash.
    """
    from allauth.mfa.webauthn.internal import auth

    asked = hashlib.sha256(secrets.token_bytes(32) + about.encode()).digest()
    options, state = auth.get_server().authenticate_begin(
        credentials=auth.get_credentials(user),
        user_verification=mfa.WEBAUTHN_USER_VERIFICATION,
        challenge=asked,
    )
    return dict(options), dict(state)


def take_away(user: User, *, by: User | None) -> bool:
    """Take every second factor away from somebody who has lost theirs.

    `by` is nobody where an operator does it on the server, for the only superuser. Ends
    their sessions; where their role needs one, they set up another at the next login.
    Raises PermissionDenied, and ValidationError for one's own.
    """
    if by:
        accounts.require(by)
        if user.pk == by.pk:
            raise ValidationError("Nobody takes away their own: ask a colleague.")
    with transaction.atomic():
        locks.held_one(User, user.pk)
        gone, _ = Authenticator.objects.filter(user=user).delete()
        if not gone:
            return False
        sessions.end(user)
        words = RESET if by else f"{RESET} An operator did, on the server."
        account_notes.enter(user, words, by=by or user)
    who = by.printed_name if by else "An operator"
    mail.send("second_factor_reset", user, who=who)
    return True


def tell_owner(user: User, what: str, *, but: str | None = "") -> None:
    """Mail a change of how somebody logs in, and end their other sessions."""
    sessions.end(user, but=but)
    mail.send("access_changed", user, what=what)


def _factors(user: User) -> Any:
    return Authenticator.objects.filter(user_id=user.pk, type__in=(APP, PASSKEY))


def _is_first_use(user: User, code: str) -> bool:
    """allauth forgets a code after one period; with a tolerance it lives longer."""
    alive = mfa.TOTP_PERIOD * (2 * mfa.TOTP_TOLERANCE + 1)
    digits = "".join(filter(str.isalnum, code))
    return cache.add(f"code-used:{user.pk}:{digits}", 1, alive)


def _answers(user: User, given: Assertion) -> bool:
    from allauth.mfa.webauthn.internal import auth

    if not given.state:
        return False
    try:
        auth.get_server().authenticate_complete(
            given.state, auth.get_credentials(user), given.answer
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return False  # whatever a browser, or somebody in its place, has sent
    return True
