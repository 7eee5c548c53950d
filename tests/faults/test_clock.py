"""The clock is ten years off, in both directions, and goes backwards between acts."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from conditions.models import Page
from editorial import clock, workflow
from editorial.models import LogEntry, SignOff, Summary
from editorial.rules import MoveRefused
from tests.builders import BODY, Desk, fresh
from tests.databases import elsewhere
from tests.faults.load import READ, Writer
from tests.faults.sites import served
from tests.faults.wholeness import half_done
from tests.walking import Walker

TEN_YEARS = timedelta(days=3653)

pytestmark = pytest.mark.usefixtures("database")


def at(moment):
    return time_machine.travel(moment, tick=True)


@pytest.mark.parametrize("off", [TEN_YEARS, -TEN_YEARS], ids=["ahead", "behind"])
def test_acts_under_a_wrong_clock_stand_in_the_order_they_were_done(off):
    desk, right = Desk(), clock.now()
    row = desk.draft()
    bodies = [f"{BODY}\n\nWritten in turn {number}." for number in range(6)]

    for number, body in enumerate(bodies):
        with at(right + off * (number % 2)):
            row = desk.revise(row, body)

    told = row.history.order_by("revision").values_list("body", flat=True)
    assert list(told)[1:] == bodies
    assert row.history.first().body == fresh(row).body == bodies[-1]
    assert half_done() == []


def test_log_entries_are_numbered_whatever_the_clock_says():
    desk, now = Desk(), clock.now()
    row = desk.draft()
    for number in range(5):
        with at(now - TEN_YEARS * number):
            row = desk.revise(row, f"{BODY}\n\nWritten in turn {number}.")

    numbers = list(LogEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("off", [TEN_YEARS, -TEN_YEARS], ids=["ahead", "behind"])
def test_a_signature_under_a_wrong_clock_is_refused_in_words_or_stands_whole(off):
    desk, now = Desk(), clock.now()
    row = desk.new_edition(desk.live(), f"{BODY}\n\nA second text.")
    row = workflow.start_revision(row, by=desk.writer)
    row = desk.revise(row, f"{BODY}\n\nA third text.")
    row = workflow.submit_for_review(row, by=desk.writer)

    with at(now + off):
        refused = signing_is_refused(desk, row)

    assert SignOff.objects.count() == (2 if refused else 3)
    assert half_done() == []


def signing_is_refused(desk, row):
    try:
        desk.sign(row)
    except MoveRefused:
        return True
    return False


@pytest.mark.parametrize("off", [TEN_YEARS, -TEN_YEARS], ids=["ahead", "behind"])
def test_readers_and_the_desk_are_served_whatever_the_clock_says(off, visit):
    desk = Desk()
    row = desk.new_edition(desk.live(), f"{BODY}\n\nA second text.")
    page = Page.objects.get()
    desk_pages = (f"/admin/editorial/summary/{row.pk}/change/", "/admin/")

    with at(clock.now() + off):
        walker = Walker(visit)
        walker.log_in(desk.writer.username, "correct horse battery staple")
        asked = [page.address, f"{page.address}editions/", "/", *desk_pages]
        answers = {path: walker.go(path) for path in asked}

    assert answers == dict.fromkeys(asked, 200)
    connection.close()


# Run by the interpreter as it starts, so that nothing of the server knows better.
ANOTHER_TIME = """
import time, time_machine
time_machine.travel(time.time() + {seconds}, tick=True).start()
"""


@pytest.mark.parametrize("off", [TEN_YEARS, -TEN_YEARS], ids=["ahead", "behind"])
def test_a_server_with_a_wrong_clock_serves_and_saves(off, filled, tmp_path):
    with elsewhere(tmp_path / "another.sqlite3") as url:
        call_command("restore", filled, verbosity=0)
        wrong = ANOTHER_TIME.format(seconds=off.total_seconds())
        (tmp_path / "sitecustomize.py").write_text(wrong)
        with served(url, PYTHONPATH=str(tmp_path)) as site:
            reads = {path: site.status(path) for path in (*READ, "/readyz")}
            writer = Writer(site)
            saves = [writer.save().status for _ in range(3)]

        assert reads == dict.fromkeys(reads, 200)
        assert saves == [200, 200, 200]
        newest = Summary.history.filter(id=writer.pk).first()
        assert newest.body == writer.kept[-1]
        assert abs(newest.history_date - clock.now() - off) < timedelta(minutes=5)
        assert half_done() == []
