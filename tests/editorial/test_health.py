"""The two questions of an operator's probe, asked through the application."""

import json

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from editorial import guards


def said(answer):
    return answer.status, json.loads(answer.body)


def test_healthz_answers_without_a_database(visit):
    assert said(visit("/healthz")) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_readyz_is_ready_on_a_migrated_database(visit):
    assert said(visit("/readyz")) == (200, {"status": "ready"})


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_no_cache_keeps_a_probe(visit, address):
    assert "no-store" in visit(address).headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_counts_the_migrations_to_apply(visit):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    reasons = ["Migrations to apply: 1. Run: manage.py migrate"]
    assert said(visit("/readyz")) == (503, {"status": "not ready", "reasons": reasons})


@pytest.mark.django_db
def test_readyz_names_a_missing_guard(visit):
    guards.drop()

    status, body = said(visit("/readyz"))

    assert status == 503
    assert body["reasons"] == guards.differences() != []


def test_readyz_says_that_the_database_is_away_and_nothing_more(visit, no_database):
    reasons = ["The database cannot be reached."]

    assert said(visit("/readyz")) == (503, {"status": "not ready", "reasons": reasons})


def test_healthz_answers_while_the_database_is_away(visit, no_database):
    assert said(visit("/healthz")) == (200, {"status": "alive"})


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probe_only_reads(visit, address):
    assert visit(address, "OPTIONS").status == 405


@pytest.mark.django_db
def test_readyz_names_an_engine_that_is_too_old(visit, monkeypatch):
    oldest = dict.fromkeys(guards.OLDEST, ("It", (99, 0)))
    monkeypatch.setattr(guards, "OLDEST", oldest)

    status, body = said(visit("/readyz"))

    assert status == 503
    assert body["reasons"][0].endswith("is too old: the guards need 99.0 or newer.")
