"""The role that a public site runs as on PostgreSQL: a desk day works, a bypass not."""

import os
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.utils import load_backend

from conditions.models import Edition, Publication
from editorial import clock, guards, publishing, workflow, writing
from tests.attack.conftest import TRIED
from tests.databases import on_sqlite

on_postgresql = pytest.mark.skipif(on_sqlite(), reason="SQLite has no roles")
ROLE = f"desk_{os.getpid()}"
GUARD = "guard_conditions_edition_update_kept"
REFUSED = (
    "permission denied|must be owner|must be superuser|must have|is kept|written once"
)


@pytest.fixture(scope="module")
def role(world):
    """The role, made by the command itself; dropped with all that it was granted."""
    if on_sqlite():
        pytest.skip("SQLite has no roles")
    call_command("database_role", ROLE, apply=True, verbosity=0)
    yield ROLE
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")


@contextmanager
def as_role(role):
    """A connection of its own: who became a role by SET ROLE could become more."""
    owner = connections["default"]
    config = owner.settings_dict | {"USER": role}
    connections["default"] = load_backend(config["ENGINE"]).DatabaseWrapper(config)
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT session_user, current_user")
            assert cursor.fetchone() == (role, role)
        yield
    finally:
        connections["default"].close()
        connections["default"] = owner


def bypasses():
    for model in guards.kept_models():
        table, key = model._meta.db_table, model._meta.pk.column
        yield f"UPDATE {table} SET {key} = {key}"
        yield f"DELETE FROM {table}"
        yield f"TRUNCATE {table} CASCADE"
    yield "DELETE FROM editorial_summary"
    yield "DELETE FROM conditions_page"
    yield "ALTER TABLE conditions_edition DISABLE TRIGGER ALL"
    yield "ALTER TABLE conditions_edition DISABLE TRIGGER USER"
    yield f"ALTER TABLE conditions_edition DISABLE TRIGGER {GUARD}"
    yield f"DROP TRIGGER {GUARD} ON conditions_edition"
    yield f"DROP FUNCTION {GUARD}() CASCADE"
    yield (
        f"CREATE OR REPLACE FUNCTION {GUARD}() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NEW; END'"
    )
    yield f"ALTER FUNCTION {GUARD}() OWNER TO CURRENT_USER"
    yield "ALTER TABLE conditions_edition ADD COLUMN x integer"
    yield "ALTER TABLE conditions_edition OWNER TO CURRENT_USER"
    yield "DROP TABLE conditions_proof"
    yield "CREATE TABLE mine (x integer)"
    yield "CREATE TEMPORARY TABLE editorial_signoff (x integer)"
    yield "CREATE SCHEMA mine"
    yield "CREATE RULE mine AS ON INSERT TO conditions_edition DO INSTEAD NOTHING"
    yield "SET session_replication_role = replica"
    yield "SET ROLE postgres"
    yield "SET SESSION AUTHORIZATION postgres"
    yield f"ALTER ROLE {ROLE} SUPERUSER"
    yield f"ALTER ROLE {ROLE} SET session_replication_role = replica"
    yield "CREATE ROLE another SUPERUSER"
    yield "SELECT setval('editorial_signoff_id_seq', 1)"
    yield "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())"
    yield "COPY conditions_edition FROM PROGRAM 'true'"


@on_postgresql
def test_every_bypass_is_refused_to_the_role(role):
    succeeded = []
    with as_role(role):
        for statement in bypasses():
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement)
                succeeded.append(statement)
            except DatabaseError as refusal:
                TRIED.append(("runtime role", statement[:44], str(refusal).strip()))

    assert succeeded == []


@on_postgresql
def test_a_desk_day_works_as_the_role(world, role):
    desk = world.desk
    with as_role(role), transaction.atomic():
        summary = workflow.assign(world.draft, by=desk.editor, reviewer=desk.reviewer)
        summary = desk.revise(summary, "A text [@gard-poh].")
        summary = writing.restore(
            summary, by=desk.writer, revision=1, against=summary.revision
        )
        with pytest.raises(writing.Conflict):
            writing.revise(summary, by=desk.writer, text=desk.text("Late"), against=1)
        summary = workflow.submit_for_review(summary, by=desk.writer)
        summary = workflow.recall(summary, by=desk.writer, reason="A typo.")
        summary = workflow.submit_for_review(summary, by=desk.writer)
        summary = workflow.request_changes(
            summary, by=desk.reviewer, reasons=["unclear"], note="Cite it."
        )
        summary = desk.sign(workflow.submit_for_review(summary, by=desk.writer))
        publishing.withdraw(summary, by=desk.editor, reason="No.", note="We look.")
        publishing.reinstate(summary, by=desk.editor, reason="Yes.")
        summary = desk.sign(workflow.recheck(summary, by=desk.editor))
        summary = desk.new_edition(summary, "Mended [@gard-poh].")
        at = clock.now() + timedelta(days=1)
        publishing.schedule(summary, by=desk.editor, at=at)
        assert Edition.objects.filter(page__question=summary.question_id).count() == 3
        assert (
            Publication.objects.filter(page__question=summary.question_id).count() == 5
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


@on_postgresql
@pytest.mark.django_db
def test_the_role_sees_every_guard(role):
    with as_role(role):
        assert guards.differences() == []


@on_postgresql
def test_a_later_table_is_the_roles_to_write_and_not_to_own(role):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id serial)")
    with as_role(role), connection.cursor() as cursor:
        cursor.execute("INSERT INTO later DEFAULT VALUES")
        with pytest.raises(DatabaseError, match="must be owner"):
            cursor.execute("DROP TABLE later")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE later")


@on_postgresql
def test_the_command_prints_what_it_would_apply(world, capsys):
    call_command("database_role", "desk")

    printed = capsys.readouterr().out
    assert printed.startswith('CREATE ROLE "desk" LOGIN NOSUPERUSER')
    assert 'GRANT SELECT, INSERT ON "conditions_edition" TO "desk";' in printed
    assert 'GRANT SELECT, INSERT, UPDATE ON "conditions_page" TO "desk";' in printed


@on_postgresql
def test_the_owner_is_not_turned_into_the_role(world):
    owner = connection.settings_dict["USER"]
    with pytest.raises(CommandError, match="is the owner of these tables"):
        call_command("database_role", owner, apply=True)


@on_postgresql
@pytest.mark.parametrize(
    "name", ["", "a b", 'x"; DROP TABLE y', "pg_read", "Ä", "x" * 64]
)
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(CommandError, match="names no role"):
        call_command("database_role", name)


@pytest.mark.skipif(not on_sqlite(), reason="PostgreSQL has roles")
def test_sqlite_says_that_it_has_no_roles():
    with pytest.raises(CommandError, match="SQLite has no roles"):
        call_command("database_role", "desk")
