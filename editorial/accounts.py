"""Accounts: the only module that makes one, gives it roles, shuts it and reopens it.

Superusers do that. Nobody sets another's password, nobody changes their own roles, and
every change is noted in Django's log of the admin, and its rights stated in ours.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.admin.models import ADDITION
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from editorial import account_notes, credentials, locks, log, mail, rights, sessions
from editorial.models import User
from editorial.states import Role

SHUT, REOPENED = "Shut the account.", "Reopened the account."
NAMES = {"first_name": "first name", "last_name": "last name", "email": "address"}


def may(by: User) -> bool:
    """Say whether the person looks after accounts: active superusers do."""
    return User.objects.filter(pk=by.pk, is_active=True, is_superuser=True).exists()


def require(by: User) -> None:
    """Raise PermissionDenied unless the person looks after accounts."""
    if not may(by):
        raise PermissionDenied("Only a superuser looks after accounts.")


def make(
    *,
    username: str,
    first_name: str,
    last_name: str,
    email: str,
    roles: Collection[Role],
    by: User,
) -> User:
    """Make an account that nobody can use until its owner chooses a password.

    Raises PermissionDenied, and ValidationError for a bad value by its field.
    """
    require(by)
    user = User(
        username=username, first_name=first_name, last_name=last_name, email=email
    )
    user.set_unusable_password()
    with transaction.atomic():
        _check(user)
        user.is_staff = bool(roles)
        _insert(user)
        _set_roles(user, roles)
        words = f"Made the account: {_told(roles)}."
        facts = {"after": rights.of(user, roles)}
        account_notes.enter(user, words, by=by, flag=ADDITION, facts=facts)
    return user


def make_superuser(**values: Any) -> User:
    """Make an account that looks after the others; for whoever has the server.

    `values` are those of Django's `create_superuser`.
    """
    # Hashed before the transaction, which holds up every other writer.
    password = make_password(values.pop("password", None))
    with transaction.atomic():
        made = User.objects.create_superuser(**values)
        made.password = password
        made.save(update_fields=("password",))
        enter_made(made, (), by=None, words="Made a superuser, on the server.")
    return made


def enter_made(
    user: User, roles: Collection[Role], *, by: User | None, words: str
) -> None:
    """Enter in the log an account that was made at no desk, with its rights."""
    log.enter("account", by=by, about=user, words=words, after=rights.of(user, roles))


def change(
    user: User,
    *,
    first_name: str,
    last_name: str,
    email: str,
    roles: Collection[Role],
    by: User,
) -> str:
    """Change names, address and roles; return what changed as a sentence, or "".

    Raises PermissionDenied, and ValidationError for a bad value by its field, for
    one's own roles and for any role of a superuser, whose power is people.
    """
    require(by)
    with transaction.atomic():
        row = _locked(user)
        signs = credentials.held(user=row)
        had, roles, address = groups_of(row), frozenset(roles), row.email
        _refuse_roles(row, had, roles, by)
        told = _rename(row, first_name=first_name, last_name=last_name, email=email)
        if had != roles:
            told.append(f"roles: {_told(had)} → {_told(roles)}")
        if not told:
            return ""
        _check(row)
        sentence = f"Changed {'; '.join(told)}."
        account_notes.enter(row, sentence, by=by, facts=_write(row, had, roles))
        if address != row.email:
            for account in signs:
                credentials.take_back(account, by=by)
    if address and address != email:
        # Who reads the new address can have a new password: the owner must know.
        mail.send("address_changed", row, address=address, by=by, new=email)
    if had != roles:
        _tell_of_roles(row, roles, by)
    return sentence


def set_active(user: User, active: bool, *, by: User) -> bool:
    """Shut an account or reopen it, and mail its owner; say whether it changed.

    Raises as `switch`.
    """
    if not switch(user, active, by=by):
        return False
    tell_of_switch(user, active, by=by)
    return True


def switch(user: User, active: bool, *, by: User) -> bool:
    """As `set_active`, for who tells the owner later, after a transaction of theirs.

    Their sessions end with it. Raises PermissionDenied, and ValidationError for one's
    own account.
    """
    require(by)
    if user.pk == by.pk:
        raise ValidationError("Nobody shuts their own account: ask a colleague.")
    with transaction.atomic():
        row = _locked(user)
        if row.is_active == active:
            return False
        row.is_active = active
        row.save(update_fields=("is_active",))
        if not active:
            sessions.end(row)
        facts = rights.changed({"active": not active}, {"active": active})
        account_notes.enter(row, REOPENED if active else SHUT, by=by, facts=facts)
    return True


def tell_of_switch(user: User, active: bool, *, by: User) -> None:
    name = "account_reopened" if active else "account_shut"
    mail.send(name, user, by=by)


def groups_of(user: User) -> frozenset[Role]:
    """Return the roles that were given to the account, be it active or not."""
    names = user.groups.values_list("name", flat=True)
    return frozenset(Role(name) for name in names if name in Role.values)


def _locked(user: User) -> User:
    return locks.held_one(User, user.pk)


def _refuse_roles(
    user: User, had: frozenset[Role], roles: frozenset[Role], by: User
) -> None:
    if had == roles:
        return
    if user.pk == by.pk:
        raise ValidationError({"roles": "Nobody changes their own roles."})
    if user.is_superuser and roles:
        raise ValidationError(
            {"roles": "A superuser has no editorial role: their power is people."}
        )


def _rename(user: User, **names: str) -> list[str]:
    """Set what differs; return it in words."""
    told = []
    for name, new in names.items():
        old = getattr(user, name)
        if old != new:
            told.append(f"{NAMES[name]}: “{old}” → “{new}”")
            setattr(user, name, new)
    return told


def _check(user: User) -> None:
    user.full_clean()
    others = User.objects.exclude(pk=user.pk)
    if user.email and others.filter(email__iexact=user.email).exists():
        raise ValidationError({"email": "Another account has this address."})
    if others.filter(username__iexact=user.username).exists():
        raise ValidationError({"username": "Another account has this username."})


def _insert(user: User) -> None:
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        # The check saw no twin: another person's came in between.
        raise ValidationError({"username": "Another account has it."}) from error


def _write(
    row: User, had: frozenset[Role], roles: frozenset[Role]
) -> dict[str, dict[str, Any]]:
    """Write a checked account with its roles; return the rights that changed."""
    before = rights.of(row, had)
    row.is_staff = bool(roles) or row.is_superuser
    row.save()
    _set_roles(row, roles)
    return rights.changed(before, rights.of(row, roles))


def _set_roles(user: User, roles: Collection[Role]) -> None:
    user.groups.remove(*Group.objects.filter(name__in=Role.values))
    user.groups.add(*Group.objects.filter(name__in=[role.value for role in roles]))


def _tell_of_roles(user: User, roles: Collection[Role], by: User) -> None:
    """End the sessions that the old roles had opened, and mail their owner why."""
    sessions.end(user)
    mail.send("roles_changed", user, by=by, roles=_told(roles))


def _told(roles: Collection[Role]) -> str:
    return ", ".join(sorted(role.label for role in roles)) or "no role"
