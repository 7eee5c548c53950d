"""What becomes of a reader's report, who decides, and what the record has of it."""

import json

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from conditions.models import Edition, Report
from editorial import triage, verifying
from editorial.models import Decision, LogEntry, Triage
from editorial.rules import MoveRefused
from editorial.states import Status
from editorial.triage import Answer
from tests.builders import Desk, fresh, make_report


@pytest.fixture
def desk(db):
    desk = Desk()
    desk.summary = desk.live()
    desk.report = make_report(Edition.objects.get(), address="reader@example.org")
    return desk


def decide(desk, decision, *, by=None, **said):
    said = {"reason": "A dose is missing.", "answer": "Thank you.", **said}
    return triage.decide(desk.report, by=by or desk.editor, decision=decision, **said)


def test_a_decision_is_in_the_log_without_a_word_of_the_reader(desk):
    decide(desk, Decision.NOT_AN_ERROR)

    entry = LogEntry.objects.get(act="triage").entry
    facts = json.loads(entry)["facts"]
    assert (facts["decision"], facts["edition"]) == ("not_an_error", 1)
    assert "dose" not in entry
    assert "reader@" not in entry
    assert verifying.verify().found.findings == {}


def test_a_revision_is_started_and_readers_go_on_reading(desk):
    decide(desk, Decision.REVISION)

    assert fresh(desk.summary).status == Status.DRAFT
    assert Edition.objects.get().page.live_edition_id


def test_a_page_is_withdrawn_at_once_with_its_note(desk):
    decide(desk, Decision.WITHDRAWAL, by=desk.reviewer, note="We check a dose.")

    assert Edition.objects.get().page.live_edition_id is None


def test_what_a_verb_refuses_leaves_the_report_waiting(desk):
    with pytest.raises(MoveRefused, match="note to readers"):
        decide(desk, Decision.WITHDRAWAL)

    assert triage.of(desk.report) is None


def test_a_report_is_decided_on_once(desk):
    decide(desk, Decision.NOT_AN_ERROR)

    with pytest.raises(MoveRefused, match="Maren Holt decided on it already"):
        decide(desk, Decision.NEXT_REVIEW)


def test_writers_decide_nothing_and_reviewers_start_no_revision(desk):
    with pytest.raises(PermissionDenied):
        decide(desk, Decision.NOT_AN_ERROR, by=desk.writer)
    with pytest.raises(PermissionDenied):
        decide(desk, Decision.REVISION, by=desk.reviewer)

    assert Decision.REVISION not in triage.open_to(desk.reviewer)


@pytest.mark.parametrize("left", ["reason", "answer"])
def test_a_reason_is_due_and_an_answer_where_one_was_asked_for(desk, left):
    with pytest.raises(MoveRefused):
        decide(desk, Decision.NOT_AN_ERROR, **{left: "  "})


def test_nobody_is_answered_who_did_not_ask(desk):
    Report.objects.update(address="")

    decide(desk, Decision.NOT_AN_ERROR, answer="")

    assert Triage.objects.get().answer == ""


def test_the_reader_is_answered_once_and_forgotten(desk):
    decided = decide(desk, Decision.NEXT_REVIEW)

    assert triage.answer_reader(decided) == Answer.SENT
    assert triage.answer_reader(decided) == Answer.GONE

    (sent,) = mail.outbox
    assert sent.to == ["reader@example.org"]
    assert "Thank you." in sent.body
    assert Report.objects.get().address == ""


def test_an_answer_that_was_not_taken_leaves_the_address(desk, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9

    came = triage.answer_reader(decide(desk, Decision.NEXT_REVIEW))

    assert came == Answer.NOT_TAKEN

    assert Report.objects.get().address == "reader@example.org"


def test_what_is_to_be_corrected_stands_beside_the_text_until_it_is_signed(desk):
    decide(desk, Decision.NEXT_REVIEW)
    assert [one.report for one in triage.to_mind(desk.summary)] == [desk.report]

    desk.new_edition(desk.summary, "Newer words [@gard-poh].")

    assert list(triage.to_mind(desk.summary)) == []
