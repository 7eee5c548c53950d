"""A program of somebody else's opens the SQLite file: each write is refused."""

import sqlite3

import pytest

from editorial import guards
from tests.attack.arena import raw_client
from tests.attack.conftest import TRIED
from tests.databases import on_sqlite

pytestmark = pytest.mark.skipif(
    not on_sqlite(), reason="PostgreSQL has its roles: see test_role"
)


def statements():
    for model in guards.kept_models():
        table, key = model._meta.db_table, model._meta.pk.column
        yield f"UPDATE {table} SET {key} = {key}"
        yield f"UPDATE OR REPLACE {table} SET {key} = {key} + 1"
        yield f"DELETE FROM {table}"
        yield f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        yield f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"
        others = ", ".join(
            f.column for f in model._meta.local_fields if f.column != key
        )
        yield (
            f"INSERT OR REPLACE INTO {table} (rowid, {others}) "
            f"SELECT {key}, {others} FROM {table} LIMIT 1"
        )
        yield (
            f"INSERT INTO {table} SELECT * FROM {table} WHERE true "
            f"ON CONFLICT DO UPDATE SET {key} = excluded.{key}"
        )
    yield "UPDATE editorial_summary SET body = 'Take two.'"
    yield (
        "UPDATE editorial_summary SET revision = revision + 1, body = 'x' "
        "WHERE status <> 'draft'"
    )
    yield "UPDATE OR REPLACE editorial_summary SET id = id + 1, revision = revision + 1"
    yield "DELETE FROM editorial_summary"
    yield "INSERT OR REPLACE INTO editorial_summary SELECT * FROM editorial_summary"
    yield "UPDATE conditions_page SET live_edition_id = 1"
    yield "UPDATE OR REPLACE conditions_page SET id = id + 1"
    yield "DELETE FROM conditions_page"
    yield "REPLACE INTO conditions_page SELECT * FROM conditions_page"


@pytest.mark.parametrize("pragma", ["", "PRAGMA recursive_triggers = ON"])
def test_a_raw_client_changes_nothing_that_is_kept(world, pragma):
    succeeded = []
    with raw_client() as client:
        client.execute(pragma)
        for statement in statements():
            try:
                client.execute(statement)
                succeeded.append(statement)
                client.rollback()
            except sqlite3.DatabaseError as refusal:
                TRIED.append(("raw client", statement[:44], str(refusal)))

    assert succeeded == []


def test_a_raw_client_cannot_hash_and_so_makes_no_edition(world):
    with raw_client() as client, pytest.raises(sqlite3.OperationalError) as refusal:
        client.execute(
            "INSERT INTO conditions_edition (page_id, number, content, content_sha256, "
            "record, record_sha256) VALUES (1, 2, '{}', '', '{}', '')"
        )

    assert str(refusal.value) == "no such function: countersign_sha256"
