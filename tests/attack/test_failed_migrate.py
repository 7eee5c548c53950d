"""A `migrate` that fails half-way leaves every guard in its place."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from editorial import guards, health
from editorial.management.commands.migrate import SHUT
from tests.attack.attacks import all_attacks
from tests.attack.conftest import TRIED
from tests.attack.failing import failing_migration
from tests.attack.test_attacks import tried


@pytest.mark.parametrize("atomic", [True, False], ids=["in one", "in parts"])
def test_the_guards_stand_after_a_migration_that_failed(
    filled, tmp_path, monkeypatch, atomic
):
    with (
        failing_migration(tmp_path, monkeypatch, atomic=atomic),
        pytest.raises(RuntimeError, match="half-way"),
    ):
        call_command("migrate", verbosity=0)

    assert guards.differences() == health.hindrances() == []
    succeeded = []
    for attack in all_attacks():
        answer = tried(attack, filled) if atomic else "not tried again"
        TRIED.append(("failed migrate", attack.name, answer))
        succeeded += [] if answer else [attack.name]
    assert succeeded == []


def test_a_migrate_that_never_began_lifts_no_guard(filled):
    with pytest.raises(CommandError, match="nothing"):
        call_command("migrate", "nothing", verbosity=0)

    assert guards.differences() == []


def test_guards_that_cannot_be_put_back_are_told_of(
    filled, tmp_path, monkeypatch, capsys
):
    with (
        failing_migration(tmp_path, monkeypatch, atomic=False, lost=True),
        pytest.raises((RuntimeError, DatabaseError)),
    ):
        call_command("migrate", verbosity=0)

    assert capsys.readouterr().err == SHUT + "\n"
