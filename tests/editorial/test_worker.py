import os
import signal
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from editorial import clock, guards, publishing
from editorial.management.commands import worker
from editorial.manuscript import page_of
from tests.builders import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned():
    """A signed edition whose hour comes in a day."""
    desk = Desk()
    at = clock.now() + timedelta(days=1)
    summary = publishing.schedule(desk.in_review(), by=desk.editor, at=at)
    return desk.sign(summary)


def in_two_days():
    return time_machine.travel(clock.now() + timedelta(days=2), tick=True)


def test_worker_publishes_what_is_due_and_prints_a_line_for_it(planned, capsys):
    with in_two_days():
        call_command("worker", once=True)

    assert page_of(planned).live_edition.number == 1
    first, *mails = capsys.readouterr().out.splitlines()
    assert first == (
        "/conditions/progressive-osseous-heteroplasia/research/: edition 1 published"
    )
    assert all(" mail" in line or line.startswith("printed") for line in mails)


def test_worker_is_silent_before_the_hour(planned, capsys):
    call_command("worker", once=True)  # which mails what was done until now
    capsys.readouterr()

    call_command("worker", once=True)

    assert page_of(planned).live_edition is None
    assert capsys.readouterr().out == ""


def test_worker_run_twice_publishes_once(planned, capsys):
    with in_two_days():
        call_command("worker", once=True)
        call_command("worker", once=True)

    assert page_of(planned).publications.count() == 1
    assert capsys.readouterr().out.count("published") == 1


def test_worker_says_why_a_publication_is_refused(planned, capsys):
    editor = planned.history.filter(move="schedule").first().history_user
    editor.groups.clear()

    with in_two_days():
        call_command("worker", once=True)

    assert ": not published. This needs the role of editor" in capsys.readouterr().out


def test_an_error_in_one_job_is_logged_and_does_not_hold_up_the_next(caplog):
    def broken():
        raise RuntimeError("no such table")

    lines = list(worker.one_round([broken, lambda: ["done"]]))

    assert lines == ["done"]
    assert caplog.messages == ["broken failed; the next round tries again"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_ends_cleanly_when_it_is_told_to(number, capsys):
    before = signal.getsignal(number)
    teller = threading.Timer(0.3, os.kill, (os.getpid(), number))
    teller.start()
    started = time.monotonic()

    call_command("worker", every=60)

    teller.join()
    assert time.monotonic() - started < 10
    assert signal.getsignal(number) == before


def test_a_signal_in_the_middle_of_an_act_lets_it_end():
    def act():
        os.kill(os.getpid(), signal.SIGTERM)
        return ["ended"]

    with worker.told_to_stop() as told:
        lines = list(worker.one_round([act]))

        assert (lines, worker.waited(told, 60)) == (["ended"], True)


def test_worker_goes_on_when_nobody_tells_it_to_stop():
    with worker.told_to_stop() as told:
        assert not worker.waited(told, 0.01)


@pytest.mark.parametrize("every", [0, -1, 10**9])
def test_worker_refuses_an_interval_that_cannot_be_meant(every):
    with pytest.raises(CommandError, match="--every takes seconds"):
        call_command("worker", every=every)


def test_worker_does_not_start_on_a_database_without_its_guards(planned):
    guards.drop()

    with pytest.raises(CommandError, match="guard_conditions_edition_update_kept"):
        call_command("worker", once=True, skip_checks=True)


def test_worker_publishes_nothing_once_a_guard_is_gone(planned, caplog):
    guards.drop()

    assert not worker.may_work()
    assert "guard_conditions_edition_update_kept is missing" in caplog.text
