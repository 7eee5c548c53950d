"""After every migration, forwards and backwards, the same attacks are refused again."""

import os

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from editorial import guards, health, verifying
from tests.attack.arena import newsroom
from tests.attack.attacks import all_attacks
from tests.attack.conftest import TRIED
from tests.attack.test_attacks import tried
from tests.builders import tamper
from tests.databases import elsewhere

pytestmark = pytest.mark.skipif(
    not os.environ.get("ATTACK"), reason="make attack runs it, for a minute"
)
# Before these there is no log: going back would lose it, and is refused.
FIRST = {"conditions": "0002", "editorial": "0006"}
# What would be lost on the way back behind `editorial` 0014: the children first.
NEWER = (
    *("editorial_commentact", "editorial_comment", "editorial_writtenreason"),
    *("editorial_reading", "editorial_triage", "conditions_report"),
)
# The oldest that a filled database can be put back to, its log taken away.
OLDEST = (("editorial", "0003"), ("conditions", "0001"))


def steps():
    """Yield each migration of ours to which a filled database can go back."""
    graph = MigrationLoader(None).graph
    for app, first in FIRST.items():
        names = sorted(name for label, name in graph.nodes if label == app)
        yield from ((app, name) for name in names if name[:4] >= first)


def lacking():
    """Return what `differences` says of the guards whose table is not there yet."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return {
        f"{guard.name} is missing"
        for guard in guards.guards()
        if guard.table not in there and guard.is_for(connection.vendor)
    }


def forwards():
    """Apply what is missing, one migration after the other; compare after each."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    for migration, _ in plan:
        call_command("migrate", migration.app_label, migration.name, verbosity=0)
        assert set(guards.differences()) == lacking(), migration
    assert guards.differences() == health.hindrances() == []
    return [migration.app_label for migration, _ in plan]


def never_used():
    """Leave nothing in the newest tables, so that one can go back behind them."""
    for table in NEWER:
        tamper(f"DELETE FROM {table}")
    tamper("UPDATE editorial_signoff SET lapses_on = NULL")


def refused_again(world, when, without=()):
    """Try all attacks, but for those on rows of tables that have none."""
    succeeded = []
    for attack in all_attacks():
        if any(table in attack.guard for table in without):
            continue
        answer = tried(attack, world)
        TRIED.append((when, attack.name, answer))
        succeeded += [] if answer else [attack.name]
    assert succeeded == []


@pytest.mark.parametrize(("app", "name"), list(steps()), ids=lambda part: part)
def test_guards_hold_after_going_back_to_a_migration_and_on_again(filled, app, name):
    never_used()
    call_command("migrate", app, name, verbosity=0)
    assert set(guards.differences()) == lacking()
    refused_again(filled, f"at {app} {name[:4]}"[:15], NEWER)

    forwards()

    refused_again(filled, f"after {app} {name[:4]}"[:15], NEWER)


@pytest.mark.parametrize("name", ["0013", "0010", "0008", "0002"])
def test_nobody_goes_back_and_loses_what_was_said(filled, name):
    with pytest.raises(IrreversibleError, match=r"holds \d+ of comment"):
        call_command("migrate", "editorial", name, verbosity=0)

    assert set(guards.differences()) == lacking() == set()
    refused_again(filled, "on the way back")


@pytest.mark.parametrize("name", ["0005", "0004", "0002"])
def test_nobody_goes_back_behind_the_log(filled, name):
    never_used()
    with pytest.raises(IrreversibleError, match=r"The log holds \d+ acts"):
        call_command("migrate", "editorial", name, verbosity=0)

    assert set(guards.differences()) == lacking()
    refused_again(filled, "behind the log", NEWER)


def test_guards_hold_after_each_migration_of_an_empty_database(
    django_db_setup, django_db_blocker, tmp_path
):
    with django_db_blocker.unblock(), elsewhere(tmp_path / "empty.sqlite3"):
        ours = [app for app in forwards() if app in FIRST]
        assert len(ours) > len(FIRST)
        refused_again(newsroom(), "from nothing")


def test_guards_hold_after_each_migration_of_a_filled_database(filled):
    """It was filled before there was a log, which therefore adopts what is there."""
    never_used()
    tamper("DELETE FROM conditions_proof")
    tamper("DELETE FROM editorial_logentry")
    for app, name in OLDEST:
        call_command("migrate", app, name, verbosity=0)
        assert set(guards.differences()) == lacking()

    forwards()

    refused_again(filled, "from before", NEWER)
    assert verifying.verify().found.findings == {}
