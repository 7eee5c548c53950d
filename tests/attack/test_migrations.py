"""After every migration, forwards and backwards, the same attacks are refused again."""

import os

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.loader import MigrationLoader

from editorial import guards
from tests.attack.arena import arena
from tests.attack.attacks import all_attacks
from tests.attack.conftest import TRIED
from tests.attack.test_attacks import tried

pytestmark = pytest.mark.skipif(
    not os.environ.get("ATTACK"), reason="make attack runs it, for a minute"
)
# Before these there is no log: going back would lose it, and is refused.
FIRST = {"conditions": "0002", "editorial": "0006"}


def steps():
    """Yield each migration of ours to which a filled database can go back."""
    graph = MigrationLoader(None).graph
    for app, first in FIRST.items():
        names = sorted(name for label, name in graph.nodes if label == app)
        yield from ((app, name) for name in names if name[:4] >= first)


@pytest.fixture
def filled(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), arena(tmp_path) as world:
        yield world


@pytest.mark.parametrize(("app", "name"), list(steps()), ids=lambda part: part)
def test_guards_hold_after_going_back_to_a_migration_and_on_again(filled, app, name):
    call_command("migrate", app, name, verbosity=0)
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    lacking = [guard for guard in guards.guards() if guard.table not in there]
    missing = {f"{g.name} is missing" for g in lacking if g.is_for(connection.vendor)}
    assert set(guards.differences()) == missing

    call_command("migrate", verbosity=0)

    assert guards.differences() == []
    succeeded = []
    for attack in all_attacks():
        answer = tried(attack, filled)
        TRIED.append((f"after {app} {name[:4]}"[:15], attack.name, answer))
        succeeded += [] if answer else [attack.name]
    assert succeeded == []


@pytest.mark.parametrize("name", ["0005", "0004", "0002"])
def test_nobody_goes_back_behind_the_log(filled, name):
    with pytest.raises(IrreversibleError, match=r"The log holds \d+ acts"):
        call_command("migrate", "editorial", name, verbosity=0)

    # The guards were lifted for it: until the next migrate the site is shut.
    assert guards.differences() != []
    call_command("migrate", verbosity=0)
    assert guards.differences() == []
