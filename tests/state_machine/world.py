"""One newsroom, made once, in which every example begins anew."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from editorial import clock
from editorial.states import Role
from tests import builders
from tests.builders import Desk, make_reviewer, make_user
from tests.state_machine.terms import EDITOR, REVIEWER, WRITER, Person
from tests.state_machine.words import NAMES

BEGINNING = datetime(2024, 1, 1, 9, tzinfo=UTC)
ROLES = {WRITER: Role.WRITER, REVIEWER: Role.MEDICAL_REVIEWER, EDITOR: Role.EDITOR}


def make(name):
    roles = [ROLES[one] for one in sorted(NAMES[name])]
    if Role.MEDICAL_REVIEWER not in roles:
        return make_user(name, *roles)
    roles.remove(Role.MEDICAL_REVIEWER)
    days = 20 if name == "olga" else 900
    return make_reviewer(
        name, name.title(), roles=roles, days=days, verified=name != "vera"
    )


class World:
    """What every example begins with, and what is counted in all of them."""

    def __init__(self, visit):
        self.visit, self.steps, self.done = visit, 0, Counter()
        with clock.moved_to(BEGINNING - timedelta(days=1)):
            self.desk = Desk()
            self.users = self.made()
        self.two = builders.make_question(
            self.desk.editor,
            slug="two",
            pattern="Is {condition} rare?",
            signatures_required=2,
        )

    def made(self):
        desk = self.desk
        found = {u.username: u for u in (desk.writer, desk.editor, desk.reviewer)}
        for name in sorted(NAMES.keys() - found.keys() - {"people"}):
            found[name] = make(name)
        found["people"] = builders.User.objects.get(username="people")
        found["root"].is_superuser = True
        found["root"].save()
        found["gone"].is_active = False
        found["gone"].save()
        return found

    def model_people(self):
        found = {}
        for name, held in NAMES.items():
            account = getattr(self.users[name], "reviewer_account", None)
            found[name] = Person(
                name,
                frozenset(held),
                superuser=name in ("people", "root"),
                active=name != "gone",
                valid_until=account and account.verified_at and account.expires_on,
            )
        return found
