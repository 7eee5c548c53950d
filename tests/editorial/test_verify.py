"""`manage.py verify`: a true database passes, and the first bad row is named."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection

from conditions.models import Edition, Page, Proof, Publication
from editorial import guards, log, verifying, workflow
from editorial.models import LogEntry, SignOff
from tests.builders import Desk, fresh, make_reviewer, tamper

pytestmark = pytest.mark.django_db


def verify(*arguments):
    """Run the command; return its exit code and what it said."""
    out, code = io.StringIO(), 0
    try:
        call_command("verify", *arguments, stdout=out, stderr=io.StringIO())
    except SystemExit as end:
        code = end.code
    return code, out.getvalue()


def findings():
    return {f.kind: f.sentence for f in verifying.verify().found.findings.values()}


def test_an_empty_site_is_verified():
    code, said = verify()

    assert code == 0
    assert "All agrees. Root of the log of 0 entries" in said


def test_what_the_desk_wrote_is_verified():
    desk = Desk()
    desk.withdrawn()

    report = verifying.verify()

    assert report.found.findings == {}
    assert (report.head.size, report.head.root) == (
        log.size(),
        log.Tree(log.size()).root(),
    )


def test_two_signatures_a_withdrawn_text_and_a_second_edition_are_verified():
    desk = Desk(signatures=2)
    summary = desk.sign(desk.in_review())
    summary = desk.sign(summary, by=make_reviewer("noor", "Noor Aziz"))
    workflow.start_revision(summary, by=desk.writer)
    desk.revise(fresh(summary), "Newer words [@pmid:11784876].")

    assert findings() == {}


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
            "UPDATE editorial_logentry SET entry = replace(entry, 'made', 'mode') "
            "WHERE number = 3",
            "entry_nodes",
            "Entry 3 ",
        ),
        ("UPDATE editorial_logentry SET entry = 'x'", "entry_text", "Entry 1 is not"),
    ],
)
def test_what_somebody_altered_is_named(sql, kind, named):
    Desk().live()

    tamper(sql)

    assert named in findings()[kind]


def test_a_history_row_that_is_gone_is_named_with_its_entry():
    desk = Desk()
    summary = desk.draft()
    desk.revise(summary, "Newer words.")
    place = log.size() - 1

    tamper("DELETE FROM editorial_historicalsummary WHERE revision = 1")

    found = findings()
    assert f"entry {place} of the log (start of summary:" in found["row_gone"]
    assert "where 1 comes next" in found["revisions"]


def test_a_signature_that_nobody_gave_is_named():
    desk = Desk()
    desk.live()
    columns = ", ".join(
        field.column for field in SignOff._meta.concrete_fields if field.name != "id"
    )

    other = columns.replace("signer_id", str(desk.editor.pk))
    tamper(
        f"INSERT INTO editorial_signoff (id, {columns}) "
        f"SELECT id + 1000, {other} FROM editorial_signoff"
    )

    assert "has no entry in the log" in findings()["row_added"]


def test_the_first_bad_row_of_a_kind_is_named_and_the_others_are_counted():
    desk = Desk()
    desk.withdrawn()
    pk = Publication.objects.get(number=1).pk

    tamper("UPDATE conditions_publication SET note = 'Other.'")

    finding = verifying.verify().found.findings["row_altered"]
    assert finding.row == f"conditions_publication:{pk}"
    assert finding.others == 1
    code, said = verify()
    assert code == 1
    assert "And 1 more of this kind." in said


def test_a_guard_that_is_away_is_named():
    name = next(guards.guards()).name
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute(f"DROP FUNCTION {name}() CASCADE")

    assert f"{name} is missing" in findings()["guards"]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has types")
@pytest.mark.parametrize("value", ["'no time'", "X'FF'", "17", "CAST(X'FF' AS TEXT)"])
def test_a_value_of_another_type_is_named(value):
    Desk().live()

    tamper(f"UPDATE editorial_signoff SET signed_at = {value}")

    assert findings()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has types")
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
    Desk().draft()

    tamper(f"UPDATE {table} SET {column} = 'never'")

    assert f"{column} holds no {kind}." in findings()["unreadable"]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has types")
@pytest.mark.parametrize("value", [2, "'no'", "X'31'"])
def test_what_is_neither_yes_nor_no_is_named(value):
    Desk().draft()

    tamper(f"UPDATE editorial_historicalsummary SET wrote_text = {value}")

    assert "wrote_text holds no bool." in findings()["unreadable"]


def test_an_adopted_row_has_no_root_of_before():
    from importlib import import_module

    from django.apps import apps

    Desk().withdrawn()
    tamper("DELETE FROM conditions_proof")
    tamper("DELETE FROM editorial_logentry")
    tamper("UPDATE editorial_signoff SET root = ''")
    tamper("UPDATE conditions_publication SET root = ''")
    import_module("editorial.migrations.0006_what_was_there").adopt(apps, None)

    assert findings() == {}


def test_an_entry_of_a_clock_that_was_ahead_is_a_note(time_machine):
    time_machine.move_to("2036-05-08 10:12:00+00:00")
    Desk()
    time_machine.move_to("2026-05-08 10:12:00+00:00")

    report = verifying.verify()

    assert report.is_good
    assert "Entry 1 lies in the future" in report.found.notes["future"].sentence


def test_the_machine_form_says_the_same():
    Desk().live()
    tamper("UPDATE conditions_edition SET record = '{}'")

    code, said = verify("--json")

    told = json.loads(said)
    assert (code, told["ok"], told["size"]) == (1, False, log.size())
    kinds = {one["kind"] for one in told["findings"]}
    assert {"row_altered", "edition_record", "edition_place"} <= kinds
    assert told["counts"]["editorial_logentry"] == LogEntry.objects.count()
    assert (
        told["findings"][0]["row"] == f"conditions_edition:{Edition.objects.get().pk}"
    )


def test_every_table_that_the_log_holds_is_read():
    Desk().live()

    counts = verifying.verify().counts

    for model in (*guards.kept_models(), Page, Proof):
        assert counts.get(model._meta.db_table, 0) == model._base_manager.count()
    assert sum(counts.values()) == verifying.rows_to_read()
