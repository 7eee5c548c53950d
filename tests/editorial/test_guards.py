"""Raw SQL against what the database itself must refuse, on both engines."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from conditions import content
from conditions.models import Edition, Page, Publication
from editorial import guards, publishing
from editorial.apps import _check_guards
from editorial.models import Summary
from tests.builders import Desk, make_question, settle

pytestmark = pytest.mark.django_db

KEPT = [model._meta.db_table for model in guards.kept_models()]


@pytest.fixture(scope="module")
def desk(built_once):
    """With a row in every kept table that the attacks below name."""
    desk = Desk()
    desk.withdrawn()
    with connection.cursor() as cursor:
        settle(cursor)
    return desk


def attack(sql, *params):
    """Run raw SQL; say how the database answered."""
    with transaction.atomic(), connection.cursor() as cursor:
        settle(cursor)
        cursor.execute(sql, params)


def refused(sql, *params, because):
    with pytest.raises(DatabaseError, match=because):
        attack(sql, *params)


def test_every_table_that_law_3_names_is_kept():
    assert set(KEPT) == {
        *("conditions_edition", "conditions_publication", "conditions_proof"),
        *("conditions_historicalcondition", "conditions_historicalquestion"),
        *("conditions_historicalreviewer", "conditions_historicalsource"),
        *("editorial_historicalsummary", "editorial_historicalrevieweraccount"),
        *("editorial_signoff", "editorial_refusedsigning", "editorial_losttext"),
        *("editorial_comment", "editorial_commentact", "editorial_writtenreason"),
        *("editorial_logentry", "editorial_triage", "editorial_reading"),
    }


EMPTY = ("refusedsigning", "losttext", "triage", "writtenreason")
EMPTY += ("comment", "commentact", "reading")
FILLED = [table for table in KEPT if table.removeprefix("editorial_") not in EMPTY]


@pytest.mark.parametrize("table", FILLED)
def test_a_kept_row_is_not_deleted(desk, table):
    refused(f"DELETE FROM {table}", because="is kept for ever")


@pytest.mark.parametrize("table", FILLED)
def test_a_kept_row_is_not_updated(desk, table):
    (key,) = (
        m._meta.pk.column for m in guards.kept_models() if m._meta.db_table == table
    )

    refused(f"UPDATE {table} SET {key} = {key}", because="is written once")


@pytest.mark.parametrize("table", FILLED)
def test_a_kept_row_is_not_inserted_over(desk, table):
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"

    refused(f"{verb} INTO {table} SELECT * FROM {table}", because=table)


@pytest.mark.parametrize("table", FILLED)
def test_a_kept_table_is_not_truncated(desk, table):
    empty = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"
    tail = "" if connection.vendor == "sqlite" else " CASCADE"

    refused(f"{empty} {table}{tail}", because="is kept for ever")


def test_an_edition_is_not_replaced_under_another_id(desk):
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    columns = "page_id, number, content, content_sha256, record, record_sha256"

    refused(
        f"{verb} INTO conditions_edition (id, {columns}) "
        f"SELECT id + 1000, {columns} FROM conditions_edition",
        because="conditions_edition ",
    )


def test_a_revision_is_not_replaced_under_another_id(desk):
    names = [f.column for f in Summary.history.model._meta.local_fields]
    rest = ", ".join(name for name in names if name != "history_id")
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"

    refused(
        f"{verb} INTO editorial_historicalsummary (history_id, {rest}) "
        f"SELECT history_id + 1000, {rest} FROM editorial_historicalsummary",
        because="editorial_historicalsummary ",
    )


def test_a_summary_is_not_deleted(desk):
    refused("DELETE FROM editorial_summary", because="never deleted")


def test_a_page_is_not_deleted(desk):
    refused("DELETE FROM conditions_page", because="never deleted")


def test_a_withdrawn_page_is_not_made_live_by_hand(desk):
    edition = Edition.objects.get()

    refused(
        "UPDATE conditions_page SET live_edition_id = %s",
        edition.pk,
        because="shows its newest publication",
    )


def test_a_live_page_is_not_emptied_by_hand(desk):
    summary = Summary.objects.get()
    publishing.reinstate(summary, by=desk.editor, reason="Mended.")

    refused(
        "UPDATE conditions_page SET live_edition_id = NULL",
        because="shows its newest publication",
    )


def test_an_older_edition_is_not_made_live_by_hand(desk):
    summary = desk.new_edition(Summary.objects.get(), "A mended text [@gard-poh].")
    publishing.reinstate(summary, by=desk.editor, reason="Mended.")
    first = Edition.objects.get(number=1)

    refused(
        "UPDATE conditions_page SET live_edition_id = %s",
        first.pk,
        because="shows its newest publication",
    )


def test_a_page_does_not_change_its_address(desk):
    refused(
        "UPDATE conditions_page SET question_id = question_id + 1",
        because="has its address for ever",
    )


def test_a_page_is_not_born_live(desk):
    live = Edition.objects.get().pk

    refused(
        "INSERT INTO conditions_page (condition_id, question_id, language, "
        "live_edition_id) SELECT condition_id, question_id, 'en', %s "
        "FROM conditions_page",
        live,
        because="has no edition yet",
    )


def forged(**changed):
    """An edition as somebody who writes SQL would make one."""
    page = Page.objects.get().pk
    row = {
        "page_id": page,
        "number": 2,
        "content": "{}",
        "content_sha256": content.sha256("{}"),
        "record": "{}",
        "record_sha256": content.sha256("{}"),
        **changed,
    }
    columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    return f"INSERT INTO conditions_edition ({columns}) VALUES ({marks})", row.values()


def test_an_edition_that_nobody_signed_is_not_inserted(desk):
    sql, values = forged()

    refused(sql, *values, because="conditions_edition ")


def test_an_edition_with_another_ones_hash_is_not_inserted(desk, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    signed = Edition.objects.get()
    sql, values = forged(content_sha256=signed.content_sha256)

    refused(sql, *values, because="conditions_edition ")


def test_an_edition_is_not_inserted_out_of_order(desk):
    sql, values = forged(number=7)

    refused(sql, *values, because="conditions_edition ")


def test_a_signature_on_a_text_that_is_not_in_review_is_not_inserted(desk):
    columns = "summary_id, edition_number, revision_read_id, signer_id, content_sha256"
    rest = "signature, signed_at, change_type, note, review_due_on"

    refused(
        f"INSERT INTO editorial_signoff ({columns}, {rest}) SELECT summary_id, 2, "
        f"revision_read_id, signer_id, content_sha256, {rest} FROM editorial_signoff",
        because="is for the newest revision of a text in review",
    )


def test_a_publication_of_another_pages_edition_is_not_inserted(desk):
    other = make_question(desk.editor, slug="what", pattern="What is {condition}?")
    page = Page.objects.create(condition=desk.condition, question=other)

    refused(
        "INSERT INTO conditions_publication (page_id, number, kind, edition_id, at, "
        "note) SELECT %s, 1, 'published', edition_id, at, '' FROM "
        "conditions_publication WHERE number = 1",
        page.pk,
        because="conditions_publication ",
    )


def test_a_publication_is_not_inserted_out_of_order(desk):
    refused(
        "INSERT INTO conditions_publication (page_id, number, kind, edition_id, at, "
        "note) SELECT page_id, 9, 'published', edition_id, at, '' FROM "
        "conditions_publication WHERE number = 1",
        because="conditions_publication ",
    )


def test_a_summary_is_not_written_without_a_revision(desk):
    refused(
        "UPDATE editorial_summary SET body = 'Take two.'",
        because="editorial_summary ",
    )


def test_a_revision_of_another_text_is_not_inserted(desk):
    names = [f.column for f in Summary.history.model._meta.local_fields]
    rest = [n for n in names if n not in ("history_id", "revision", "body")]
    columns = ", ".join(rest)

    refused(
        f"INSERT INTO editorial_historicalsummary (revision, body, {columns}) "
        f"SELECT revision + 1, 'Take two.', {columns} FROM editorial_historicalsummary "
        "ORDER BY revision DESC LIMIT 1",
        because="editorial_historicalsummary ",
    )


@pytest.mark.parametrize("table", ["editorial_summary", "conditions_page"])
def test_a_working_row_is_not_inserted_over(desk, table):
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"

    refused(
        f"{verb} INTO {table} SELECT * FROM {table}",
        because=table,
    )


def test_a_fixture_does_not_publish_an_unsigned_text(desk, tmp_path):
    edition = {
        "page": Page.objects.get().pk,
        "number": 2,
        "content": "{}",
        "content_sha256": content.sha256("{}"),
        "record": "{}",
        "record_sha256": content.sha256("{}"),
    }
    fixture = tmp_path / "forged.json"
    fixture.write_text(json.dumps([{"model": "conditions.edition", "fields": edition}]))

    with (
        pytest.raises(DatabaseError, match="conditions_edition "),
        transaction.atomic(),
    ):
        call_command("loaddata", str(fixture), verbosity=0)


def test_the_orm_behind_the_models_is_refused_too(desk):
    with pytest.raises(DatabaseError), transaction.atomic():
        QuerySet(Publication).update(note="Nothing was wrong.")
    with pytest.raises(DatabaseError), transaction.atomic():
        QuerySet(Page).update(live_edition=Edition.objects.get())


def test_the_commands_that_clean_history_are_refused(desk):
    with pytest.raises(DatabaseError), transaction.atomic():
        call_command("clean_old_history", "editorial.Summary", days=-1, verbosity=0)


def test_the_guards_of_a_migrated_database_are_as_declared():
    assert guards.differences() == []


def test_a_missing_guard_is_named():
    name = "guard_conditions_edition_update_kept"
    on = "" if connection.vendor == "sqlite" else " ON conditions_edition"
    attack(f"DROP TRIGGER {name}{on}")

    assert guards.differences() == [f"{name} is missing"]


def test_an_altered_guard_is_named():
    name = "guard_conditions_edition_update_kept"
    if connection.vendor == "sqlite":
        attack(f"DROP TRIGGER {name}")
        attack(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON conditions_edition "
            "WHEN 1 = 0 BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    else:
        attack(f"ALTER TABLE conditions_edition DISABLE TRIGGER {name}")

    assert guards.differences() == [f"{name} is altered"]


def test_a_trigger_that_is_not_ours_is_named():
    if connection.vendor == "sqlite":
        attack(
            "CREATE TRIGGER theirs AFTER INSERT ON conditions_edition "
            "BEGIN SELECT 1; END"
        )
    else:
        attack(
            "CREATE TRIGGER theirs BEFORE INSERT ON conditions_edition "
            "FOR EACH ROW EXECUTE FUNCTION guard_conditions_edition_update_kept()"
        )

    assert guards.differences() == ["theirs is not ours"]


def test_the_check_command_names_a_missing_guard():
    guards.drop()

    (message,) = _check_guards(databases=["default"])
    assert "guard_conditions_edition_update_kept is missing" in message.msg


def test_guards_installed_twice_are_the_same():
    guards.install()
    guards.install()

    assert guards.differences() == []
