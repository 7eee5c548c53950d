"""Accounts against what the log's entries add up to, and who might sign when."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any, NamedTuple

from conditions.models import Reviewer
from editorial import rights
from editorial.models import ReviewerAccount, User
from editorial.states import Role
from editorial.verifying.reading import Values
from editorial.verifying.rows import Ledger
from editorial.verifying.told import ABOUT, Rights


def check(ledger: Ledger) -> None:
    """Hold every account of today against what the log's entries add up to."""
    told, roles = ledger.log.rights.now(), _roles()
    for name, values in ledger.live(User):
        who, wanted = values["username"], told.pop(f"{ABOUT}{values['id']}", None)
        now = rights.stated(
            roles.get(values["id"], ()),
            active=values["is_active"],
            staff=values["is_staff"],
            superuser=values["is_superuser"],
        )
        if wanted is None:
            ledger.found.add("account_untold", name, who=who, said=rights.told(now))
        elif now != wanted:
            said, wants = rights.told(now), rights.told(wanted)
            ledger.found.add("account_rights", name, who=who, said=said, wanted=wants)
    for about in told:
        name = f"{User._meta.db_table}:{about.removeprefix(ABOUT)}"
        ledger.found.add("account_gone", name)


def _roles() -> dict[int, list[str]]:
    """Return the names of each account's groups."""
    rows = User.groups.through._base_manager.values_list("user_id", "group__name")
    groups: dict[int, list[str]] = defaultdict(list)
    for user, name in rows.iterator():
        groups[user].append(name)
    return groups


class Credential(NamedTuple):
    """A credential from an entry on."""

    place: int
    verified_at: datetime | None
    expires_on: date | None
    reviewer: int


class Signers:
    """Who might sign at an entry of the log, and under which byline."""

    def __init__(self, given: Rights) -> None:
        self._rights = given
        self._credentials: dict[int, list[Credential]] = defaultdict(list)
        self._slugs: dict[int, list[tuple[int, str]]] = defaultdict(list)

    def see(self, model: Any, place: int, values: Values) -> None:
        """Look at one history row of the catalogue or of a credential."""
        if model is ReviewerAccount:
            names = ("verified_at", "expires_on", "reviewer_id")
            one = Credential(place, *(values[name] for name in names))
            self._credentials[values["user_id"]].append(one)
        elif model is Reviewer:
            slugs = self._slugs[values["id"]]
            if not slugs or slugs[-1][1] != values["slug"]:
                slugs.append((place, values["slug"]))

    def role_missing(self, user: int, place: int) -> str | None:
        """Return what an account was instead of a reviewer, or ""; None: not told."""
        held = self._rights.at(user, place)
        if held is None:
            return None
        may = held.get("active") is True and held.get("superuser") is False
        reviews = Role.MEDICAL_REVIEWER.value in held.get("roles", ())
        return "" if may and reviews else rights.told(held)

    def credential_missing(self, user: int, place: int, day: date, byline: str) -> str:
        """Return what was wrong with a signer's credential on a day, or ""."""
        held = [one for one in self._credentials.get(user, ()) if one.place < place]
        if not held or not held[-1].verified_at or not held[-1].expires_on:
            return "had no verified credential then"
        if held[-1].expires_on < day:
            return f"had a credential that was valid until {held[-1].expires_on}"
        slugs = [s for at, s in self._slugs[held[-1].reviewer] if at < place]
        if not slugs or slugs[-1] != byline:
            return f"signed as {byline}, and was verified as another"
        return ""
