"""The two questions of an operator's probe, asked through the application."""

import json

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from editorial import guards, health


@pytest.fixture(autouse=True)
def nothing_was_logged():
    """The process remembers what it told last."""
    health.logged.clear()


def said(answer):
    return answer.status, json.loads(answer.body)


def test_healthz_answers_without_a_database(visit):
    assert said(visit("/healthz")) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_readyz_is_ready_on_a_migrated_database(visit):
    assert said(visit("/readyz")) == (200, {"status": "ready", "worker": None})


@pytest.mark.django_db
def test_readyz_shows_when_the_worker_ended_its_last_round(visit):
    with time_machine.travel("2026-11-21 20:00:00Z", tick=False):
        call_command("worker", once=True)

    assert said(visit("/readyz"))[1]["worker"] == "2026-11-21T20:00:00+00:00"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_no_cache_keeps_a_probe(visit, address):
    assert "no-store" in visit(address).headers["Cache-Control"]


def not_ready(kind):
    return 503, {"status": "not ready", "reason": kind}


@pytest.mark.django_db
def test_readyz_tells_of_migrations_to_apply_and_the_log_how_many(visit, caplog):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    assert said(visit("/readyz")) == not_ready("migrations")
    assert "Migrations to apply: 1. Run: manage.py migrate" in caplog.text


@pytest.mark.django_db
def test_readyz_names_no_guard_to_the_public_and_the_log_names_all(visit, caplog):
    guards.drop()

    assert said(visit("/readyz")) == not_ready("guards")
    assert all(one in caplog.text for one in guards.differences())


@pytest.mark.django_db
def test_what_stands_in_the_way_is_logged_when_it_changes(visit, caplog):
    guards.drop()
    for _ in range(3):
        visit("/readyz")
    guards.install()
    visit("/readyz")
    assert [one.name for one in caplog.records].count("editorial.health") == 1
    guards.drop()

    visit("/readyz")

    assert [one.name for one in caplog.records].count("editorial.health") == 2


def test_readyz_says_that_the_database_is_away_and_nothing_more(visit, no_database):
    assert said(visit("/readyz")) == not_ready("database")


def test_healthz_answers_while_the_database_is_away(visit, no_database):
    assert said(visit("/healthz")) == (200, {"status": "alive"})


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probe_only_reads(visit, address):
    assert visit(address, "OPTIONS").status == 405


@pytest.mark.django_db
def test_readyz_tells_of_an_engine_that_is_too_old(visit, monkeypatch, caplog):
    oldest = dict.fromkeys(guards.OLDEST, ("It", (99, 0)))
    monkeypatch.setattr(guards, "OLDEST", oldest)

    assert said(visit("/readyz")) == not_ready("version")
    assert "is too old: the guards need 99.0 or newer." in caplog.text
