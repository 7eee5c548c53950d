"""An account's rights as the log states them: roles, and three marks. Reads nothing.

`verify` adds them up, entry by entry, and compares them with the accounts of today.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from editorial.states import Role

# What is said of an account that does not have a mark which most have.
MARKS = {
    "active": (False, "shut"),
    "staff": (False, "kept from the desk"),
    "superuser": (True, "a superuser"),
}


def stated(
    groups: Iterable[str], *, active: bool, staff: bool, superuser: bool
) -> dict[str, Any]:
    """Return the rights of an account; groups that give no role are left out."""
    roles = sorted(name for name in groups if name in Role.values)
    marks = {"active": active, "staff": staff, "superuser": superuser}
    return {"roles": roles, **marks}


def of(account: Any, groups: Iterable[str]) -> dict[str, Any]:
    """Return the rights of an account with these groups, as it was read."""
    return stated(
        groups,
        active=account.is_active,
        staff=account.is_staff,
        superuser=account.is_superuser,
    )


def changed(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return the facts of an entry: of what differs, how it was and how it is."""
    names = [name for name in after if before.get(name) != after[name]]
    facts = {"before": before, "after": after} if names else {}
    return {
        when: {name: rights[name] for name in names if name in rights}
        for when, rights in facts.items()
    }


def told(rights: Mapping[str, Any]) -> str:
    """Return rights in words: “writer and medical reviewer”, “no role, shut”."""
    roles = [role.label for role in Role if role in rights.get("roles", ())]
    marks = [words for mark, (odd, words) in MARKS.items() if rights.get(mark) is odd]
    return ", ".join([" and ".join(roles) or "no role", *marks])
