"""A reader is answered once, also by two who press at the same time."""

import threading

import pytest
from django.db import connections
from django.test import Client

from conditions.models import Edition, Report
from editorial import triage, workflow
from editorial.models import Decision
from editorial.states import Status
from tests.builders import Desk, fresh, make_report
from tests.slow_mail import PATIENCE, EmailBackend

SENT, GOING = "The answer is sent", "An answer is being sent just now."
GONE = "The reader has been answered, or wanted no answer."


@pytest.fixture
def desk(transactional_db, settings):
    settings.EMAIL_BACKEND = "tests.slow_mail.EmailBackend"
    EmailBackend.open_anew()
    desk = Desk()
    desk.summary = desk.live()
    return desk


def decided(desk):
    """A report that is decided on; its answer waits to be sent again."""
    report = make_report(Edition.objects.get(), address="reader@example.org")
    said = {"reason": "It is right.", "answer": "Thank you."}
    triage.decide(report, by=desk.editor, decision=Decision.NOT_AN_ERROR, **said)
    return f"/admin/editorial/summary/readers-reports/{report.pk}/"


def press(person, address, **fields):
    client = Client()
    client.force_login(person)
    answer = client.post(address, fields or {"again": "1"}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


class Meanwhile:
    """A press by somebody else, which the mail server holds until it is let go."""

    def __init__(self, *press_of):
        self._thread = threading.Thread(target=self._run, args=press_of)
        self.page = ""

    def _run(self, *press_of):
        try:
            self.page = press(*press_of)
        finally:
            connections.close_all()

    def __enter__(self):
        self._thread.start()
        assert EmailBackend.began.wait(PATIENCE)
        return self

    def __exit__(self, *error):
        EmailBackend.go.set()
        self._thread.join(PATIENCE)


def test_of_two_presses_at_once_one_sends_and_the_other_says_so(desk):
    address = decided(desk)

    with Meanwhile(desk.editor, address) as first:
        second = press(desk.reviewer, address)
    third = press(desk.reviewer, address)

    assert [letter.to for letter in EmailBackend.taken] == [["reader@example.org"]]
    assert SENT in first.page
    assert GOING in second
    assert GONE in third
    assert Report.objects.get().address == ""


def test_while_an_answer_goes_others_write(desk):
    address = decided(desk)

    with Meanwhile(desk.editor, address):
        workflow.start_revision(fresh(desk.summary), by=desk.writer)

        status = fresh(desk.summary).status

    assert status == Status.DRAFT


def test_another_answer_waits_for_a_press_more_and_is_not_lost(desk):
    one, other = decided(desk), decided(desk)

    with Meanwhile(desk.editor, one):
        told = press(desk.editor, other)
    again = press(desk.editor, other)

    assert GOING in told
    assert SENT in again
    assert len(EmailBackend.taken) == 2
