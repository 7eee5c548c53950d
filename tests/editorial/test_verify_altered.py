"""What somebody altered who took the guards away: named by `manage.py verify`.

The database is filled once, and each test alters it within a savepoint.
"""

import io
import json

import pytest
from django.core.management import call_command
from django.db import transaction

from conditions.models import Edition
from editorial import log, verifying
from editorial.models import LogEntry, SignOff, Summary
from tests.builders import Desk
from tests.databases import on_sqlite
from tests.tampering.populating import take_the_guards_away
from tests.tampering.rebuilding import run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def desk(django_db_setup, django_db_blocker):
    """One page that is live, and no guards."""
    with django_db_blocker.unblock(), transaction.atomic():
        desk = Desk()
        desk.live()
        take_the_guards_away()
        yield desk
        transaction.set_rollback(True)


def findings():
    return {f.kind: f.sentence for f in verifying.verify().found.findings.values()}


@pytest.mark.parametrize(
    ("sql", "kind", "named"),
    [
        (
            "UPDATE editorial_historicalsummary SET body = '' WHERE revision = 1",
            "row_altered",
            "revision 1 of summary",
        ),
        (
            "UPDATE editorial_summary SET body = body || ' '",
            "live_row",
            "is not as its newest history row says: body",
        ),
        (
            "UPDATE conditions_question SET signatures_required = 2",
            "live_row",
            "signatures_required",
        ),
        (
            "UPDATE editorial_revieweraccount SET expires_on = '2036-01-01'",
            "live_row",
            "expires_on",
        ),
        ("UPDATE conditions_page SET live_edition_id = NULL", "live_edition", "shows"),
        ("UPDATE conditions_proof SET path = ''", "proof", "edition 1 of page"),
        ("DELETE FROM conditions_proof", "proof_missing", "has no proof"),
        (
            "UPDATE editorial_signoff SET note = 'Nothing.'",
            "row_altered",
            "for edition 1 of summary",
        ),
        (
            "UPDATE editorial_signoff SET edition_number = 2",
            "edition_signatures",
            "has other signatures in its record than the sign-offs for it",
        ),
        (
            "DELETE FROM editorial_logentry WHERE number = 3",
            "entry_missing",
            "Entry 3 is missing",
        ),
        (
            "UPDATE editorial_logentry SET act = 'other' WHERE number = 3",
            "entry_columns",
            "Entry 3 says other things in its columns than in its text: act",
        ),
        (
            "UPDATE editorial_logentry SET nodes = 'x' WHERE number = 3",
            "entry_nodes",
            "Entry 3 ",
        ),
        (
            "UPDATE editorial_logentry SET entry = replace(entry, 'test', 'text') "
            "WHERE number = 3",
            "entry_nodes",
            "Entry 3 ",
        ),
        ("UPDATE editorial_logentry SET entry = 'x'", "entry_text", "Entry 1 is not"),
    ],
)
def test_what_somebody_altered_is_named(sql, kind, named):
    run(sql)

    assert named in findings()[kind]


def test_a_history_row_that_is_gone_is_named_with_its_entry():
    place = LogEntry.objects.get(act="start").number

    run("DELETE FROM editorial_historicalsummary WHERE revision = 1")

    found = findings()
    assert f"entry {place} of the log (start of summary:" in found["row_gone"]
    assert "where 1 comes next" in found["revisions"]


def test_a_signature_that_nobody_gave_is_named(desk):
    columns = ", ".join(
        field.column for field in SignOff._meta.concrete_fields if field.name != "id"
    )

    other = columns.replace("signer_id", str(desk.editor.pk))
    run(
        f"INSERT INTO editorial_signoff (id, {columns}) "
        f"SELECT id + 1000, {other} FROM editorial_signoff"
    )

    assert "has no entry in the log" in findings()["row_added"]


def test_the_first_bad_row_of_a_kind_is_named_and_the_others_are_counted():
    rows = Summary.history.model._base_manager.order_by("pk")

    run("UPDATE editorial_historicalsummary SET drafting_note = 'Other.'")

    finding = verifying.verify().found.findings["row_altered"]
    assert finding.row == f"editorial_historicalsummary:{rows[0].pk}"
    assert finding.others == rows.count() - 1


@pytest.mark.skipif(not on_sqlite(), reason="PostgreSQL has types")
@pytest.mark.parametrize("value", ["'no time'", "X'FF'", "17", "CAST(X'FF' AS TEXT)"])
def test_a_value_of_another_type_is_named(value):
    run(f"UPDATE editorial_signoff SET signed_at = {value}")

    assert findings()


@pytest.mark.skipif(not on_sqlite(), reason="PostgreSQL has types")
@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("editorial_historicalsummary", "evidence_searched_on", "date"),
        ("editorial_historicalsummary", "publish_not_before", "datetime"),
        ("editorial_summary", "publish_not_before", "datetime"),
        ("conditions_historicalcondition", "community_as_of", "date"),
    ],
)
def test_text_in_an_empty_column_of_dates_is_named(table, column, kind):
    run(f"UPDATE {table} SET {column} = 'never'")

    assert f"{column} holds no {kind}." in findings()["unreadable"]


@pytest.mark.skipif(not on_sqlite(), reason="PostgreSQL has types")
@pytest.mark.parametrize("value", [2, "'no'", "X'31'"])
def test_what_is_neither_yes_nor_no_is_named(value):
    run(f"UPDATE editorial_historicalsummary SET wrote_text = {value}")

    assert "wrote_text holds no bool." in findings()["unreadable"]


def test_the_machine_form_says_the_same():
    run("UPDATE conditions_edition SET record = '{}'")

    out = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify", "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert (end.value.code, told["ok"], told["size"]) == (1, False, log.size())
    kinds = {one["kind"] for one in told["findings"]}
    assert {"row_altered", "edition_record", "edition_place"} <= kinds
    assert told["counts"]["editorial_logentry"] == LogEntry.objects.count()
    rows = [one["row"] for one in told["findings"]]
    assert f"conditions_edition:{Edition.objects.get().pk}" in rows
