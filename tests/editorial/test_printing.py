"""The worker prints what waits, and enters in the log what was altered."""

import io
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command

from conditions import imprint, press
from conditions.models import Printed
from editorial import guards, printing
from editorial.management.commands import serve
from editorial.models import LogEntry
from tests import builders
from tests.builders import Desk
from tests.readers import PAGE


@pytest.fixture
def desk(db):
    desk = Desk()
    desk.summary = desk.live()
    return desk


def reprint(*options):
    return told_by("reprint", *options)


def told_by(*command):
    said = io.StringIO()
    call_command(*command, stdout=said)
    return said.getvalue()


def test_a_round_prints_what_waits_and_then_nothing(desk):
    waiting = press.waiting().count()

    assert [*printing.print_waiting()] == [f"printed {waiting} answers"]
    assert [*printing.print_waiting()] == []


def test_a_round_prints_no_more_than_its_share(desk, monkeypatch):
    monkeypatch.setattr(printing, "A_ROUND", 1)
    waiting = press.waiting().count()

    assert [*printing.print_waiting()] == ["printed 1 answer"]
    assert press.waiting().count() == waiting - 1


def test_a_worker_of_older_code_prints_nothing(desk, monkeypatch):
    monkeypatch.setattr(imprint, "_imprint", lambda: "of the new code")

    (line,) = printing.print_waiting()

    assert "Restart the worker" in line
    assert press.waiting().exists()


def test_what_was_altered_is_entered_in_the_log_once(desk, visit):
    Printed.objects.filter(pk=PAGE).update(body=b"forged")
    visit(PAGE)

    told = [*printing.note_altered(), *printing.note_altered()]

    assert told == ["altered where it was stored, and named in the log: 1 answer"]
    entry = LogEntry.objects.get(act=printing.ALTERED)
    assert f'"addresses":["{PAGE}"]' in entry.entry
    assert '"count":1' in entry.entry


def test_reprint_prints_all_and_can_be_run_again(desk):
    builders.unprint()

    first, again = reprint(), reprint()

    count = Printed.objects.count()
    assert first == f"Printed {count} answers; {count} are printed.\n"
    assert again == f"Printed 0 answers; {count} are printed.\n"
    assert reprint("--all") == first


def test_a_reprint_changes_no_date_that_readers_see(desk, visit):
    reprint()
    before = visit(PAGE)

    reprint("--all")

    assert visit(PAGE).headers.items() == before.headers.items()
    assert visit(PAGE).body == before.body


def test_a_server_says_at_start_what_other_code_printed(desk, monkeypatch):
    monkeypatch.setattr(serve, "serve", lambda host: None)
    monkeypatch.setattr(serve, "hindrances", list)
    monkeypatch.setattr(serve, "connections", Mock())
    monkeypatch.setattr(serve, "collect", Mock())

    before = told_by("serve")
    Printed.objects.filter(pk=PAGE).update(imprint="another")
    after = told_by("serve")

    assert before.startswith("Serving")
    assert after.startswith("Printed by other code or settings: 1 answer. Django")


def test_reprint_says_what_must_be_done_first(desk, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    with pytest.raises(CommandError, match="collectstatic"):
        reprint()


def test_nothing_is_printed_without_the_guards(desk):
    guards.drop()
    with pytest.raises(CommandError, match="is missing"):
        reprint()


def test_before_the_static_files_are_there_an_act_prints_nothing(
    db, settings, tmp_path, caplog
):
    settings.STATIC_ROOT = tmp_path
    Desk().live()

    assert not Printed.objects.exclude(printing=None).exists()
    assert "is not printed yet" not in caplog.text
    assert [*printing.print_waiting()] == []
