"""Each attack is refused by the guard that it names, and by no other thing alone."""

import pytest
from django.db import DatabaseError, connection, transaction

from editorial import guards
from tests.attack.arena import Undo
from tests.attack.attacks import all_attacks
from tests.attack.conftest import TRIED
from tests.builders import settle

pytestmark = pytest.mark.django_db


def tried(attack, world, without=()):
    """Do it, with guards taken away or all in place; return how it was refused."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                for statement in without:
                    cursor.execute(statement)
            attack.do(world)
            if attack.guard.endswith(("_written", "_shown")):
                with connection.cursor() as cursor:
                    settle(cursor)
            raise Undo
    except DatabaseError as refusal:
        return str(refusal).split("\n")[0]
    except Undo:
        return ""


def test_every_attack_is_refused_by_its_guard(world):
    what = {guard.name: f"{guard.table} {guard.what}" for guard in guards.guards()}
    wrong = []
    for attack in all_attacks():
        answer = tried(attack, world)
        TRIED.append(("our connection", attack.name, answer))
        if not answer:
            wrong.append(f"{attack.name}: SUCCEEDED")
        if attack.guard not in what:
            wrong.append(f"{attack.name}: {attack.guard} is no guard")

    assert wrong == []
    assert len(TRIED) >= 60


def test_no_guard_is_dead(world):
    """Without it, and with every other in place, something succeeds."""
    attacks = list(all_attacks())
    dead = []
    for guard in guards.guards():
        if not guard.is_for(connection.vendor):
            continue
        gone = f"DROP TRIGGER {guard.name}"
        if connection.vendor == "postgresql":
            gone = f"DROP FUNCTION {guard.name}() CASCADE"
        own = [a for a in attacks if a.guard == guard.name]
        refusals = [tried(a, world, [gone]) for a in own]
        if all(refusals):
            dead.append((guard.name, refusals))

    assert dead == []
