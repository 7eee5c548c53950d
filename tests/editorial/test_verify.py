"""`manage.py verify`: a true database passes, and the first bad row is named."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from conditions.models import Page, Proof
from editorial import guards, log, verifying, workflow
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


def test_a_guard_that_is_away_is_named():
    name = next(guards.guards()).name
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute(f"DROP FUNCTION {name}() CASCADE")

    assert f"{name} is missing" in findings()["guards"]


def test_the_first_bad_row_is_told_with_the_number_of_others():
    Desk().withdrawn()
    tamper("UPDATE conditions_publication SET note = 'Other.'")

    code, said = verify()

    assert code == 1
    assert "And 1 more of this kind." in said


def test_an_adopted_row_has_no_root_of_before():
    from importlib import import_module

    from django.apps import apps

    Desk().withdrawn()
    tamper("DELETE FROM editorial_reading")  # there was no such table
    tamper("DELETE FROM conditions_proof")
    tamper("DELETE FROM editorial_logentry")
    tamper("UPDATE editorial_signoff SET root = ''")
    tamper("UPDATE conditions_publication SET root = ''")
    for name in ("0006_what_was_there", "0008_who_had_which_role"):
        import_module(f"editorial.migrations.{name}").adopt(apps, None)

    found = verifying.verify().found
    assert found.findings == {}
    assert "older than what the log says" in found.notes["signed_before"].sentence


def test_an_entry_of_a_clock_that_was_ahead_is_a_note(time_machine):
    time_machine.move_to("2036-05-08 10:12:00+00:00")
    Desk()
    time_machine.move_to("2026-05-08 10:12:00+00:00")

    report = verifying.verify()

    assert report.is_good
    assert "Entry 1 lies in the future" in report.found.notes["future"].sentence


def test_every_table_that_the_log_holds_is_read():
    Desk().live()

    counts = verifying.verify().counts

    for model in (*guards.kept_models(), Page, Proof):
        assert counts.get(model._meta.db_table, 0) == model._base_manager.count()
    assert sum(counts.values()) == verifying.rows_to_read()
