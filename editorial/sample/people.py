"""The demonstration's people, all of them fictional, and how each of them signs in."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from conditions.models import Reviewer
from editorial import accounts, catalogue, clock, credentials
from editorial.models import User
from editorial.states import Role

MARK = "Made by the demonstration."
CREDENTIAL_DAYS = 730


@dataclass(frozen=True)
class Person:
    """One account; `signs_as` makes a medical reviewer of it."""

    username: str
    name: str
    part: str
    role: Role | None
    signs_as: Reviewer | None = None

    @property
    def password(self) -> str:
        """Known to everybody: it opens a demonstration and nothing else."""
        return f"{self.username}-demo-2026"


def cast() -> tuple[Person, ...]:
    """Return the people, in the order in which the command lists them."""
    falk = Reviewer(
        slug="ines-falk",
        printed_name="Dr Ines Falk",
        post_nominals="MD",
        profession="Consultant in medical genetics",
        affiliation="Example Hospital",
        biography="A fictional doctor of this demonstration.",
    )
    adeyemi = Reviewer(
        slug="jonas-adeyemi",
        printed_name="Dr Jonas Adeyemi",
        post_nominals="MD",
        profession="Consultant in rheumatology",
        affiliation="Example University Clinic",
        biography="A fictional doctor of this demonstration.",
    )
    writer, reviewer = Role.WRITER, Role.MEDICAL_REVIEWER
    return (
        Person("writer", "Tomás Rey", "writes", writer),
        Person("reviewer", "Ines Falk", "reviews and signs", reviewer, falk),
        Person("editor", "Maren Holt", "edits and publishes", Role.EDITOR),
        Person("writer2", "Lena Okafor", "writes", writer),
        Person("reviewer2", "Jonas Adeyemi", "reviews and signs", reviewer, adeyemi),
        Person("people", "Ada Quist", "looks after accounts", None),
    )


def hire() -> dict[str, User]:
    """Make every account, and return them by username."""
    users = {person.username: _account(person) for person in cast()}
    for person in cast():
        if person.signs_as:
            _verify(users, person.username, person.signs_as)
    return users


def _account(person: Person) -> User:
    first, _, last = person.name.partition(" ")
    user = User(
        username=person.username,
        first_name=first,
        last_name=last,
        email=f"{person.username}@example.org",
        is_staff=True,
        is_superuser=person.role is None,
        date_joined=clock.now(),
    )
    user.set_password(person.password)
    user.full_clean()
    user.save()
    if person.role:
        user.groups.add(Group.objects.get(name=person.role.value))
    part = f"Made for the demonstration: {person.part}."
    roles = (person.role,) if person.role else ()
    accounts.enter_made(user, roles, by=None, words=part)
    return user


def _verify(users: dict[str, User], username: str, byline: Reviewer) -> None:
    """Let the byline be verified by the superuser, for two years from this very day."""
    catalogue.save(byline, by=users["editor"], reason=MARK)
    superuser = users["people"]
    account = credentials.pair(users[username], byline, by=superuser)
    until = timezone.localdate() + timedelta(days=CREDENTIAL_DAYS)
    credentials.verify(account, by=superuser, expires_on=until)


def is_demonstration() -> bool:
    """Say whether this database was filled by the demonstration.

    Its mark is a row of history, which the database itself refuses to change.
    """
    return Reviewer.history.filter(history_change_reason=MARK).exists()
