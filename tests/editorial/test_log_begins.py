"""What stood in a database before it had a log is taken into it, and proven."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from conditions.models import Proof
from editorial import guards, kept_rows, log
from editorial.models import LogEntry
from tests.builders import Desk, settle, tamper

pytestmark = pytest.mark.django_db


def test_rows_of_before_the_log_are_adopted_with_their_hash_and_proof():
    Desk().withdrawn()
    tamper("DELETE FROM editorial_reading")  # there was no such table
    tamper("DELETE FROM conditions_proof")
    tamper("DELETE FROM editorial_logentry")
    migration = import_module("editorial.migrations.0006_what_was_there")

    guards.drop()  # as before every migration
    migration.adopt(apps, None)
    settle(connection.cursor())
    guards.install()

    said = [json.loads(one.entry) for one in LogEntry.objects.all()]
    kept = [model for model in guards.kept_models() if model not in (LogEntry, Proof)]
    assert {one["act"] for one in said} == {"adopted"}
    assert {one["row"]: one["sha256"] for one in said} == {
        kept_rows.name(model, row[model._meta.pk.attname]): kept_rows.sha256(row)
        for model in kept
        for row in model._base_manager.values()
    }
    proof = Proof.objects.get()
    assert json.loads(proof.entry)["facts"]["record_sha256"] == (
        proof.edition.record_sha256
    )
    assert proof.root == log.Tree(proof.size).root()
    assert log.enter("looked_at", by=None).number == len(said) + 1
