import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from editorial import clock, workflow, writing
from editorial.rules import MoveRefused
from editorial.states import Role, Status
from tests.builders import Desk, fresh, make_reviewer, make_user, make_writer, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_a_move_is_recorded_with_who_and_why(desk):
    summary = workflow.submit_for_review(
        desk.draft(), by=desk.writer, reason="Ready at last."
    )

    row = summary.history.first()
    assert (row.move, row.status, row.wrote_text) == (
        "submit_for_review",
        Status.IN_REVIEW,
        False,
    )
    assert (row.history_user, row.history_change_reason) == (
        desk.writer,
        "Ready at last.",
    )


def test_a_move_is_written_to_the_locked_row_and_not_to_the_callers_copy(desk):
    stale = desk.draft()
    desk.revise(stale, "A newer text [@gard-poh].")

    moved = workflow.submit_for_review(stale, by=desk.writer)

    assert moved.body == "A newer text [@gard-poh]."
    assert stale.status == Status.DRAFT


def test_a_save_writes_the_columns_that_changed_and_no_other(desk):
    summary = desk.draft()
    with CaptureQueriesContext(connection) as asked:
        desk.revise(summary, "A newer text [@gard-poh].")

    sent = [query["sql"] for query in asked]
    (update,) = [sql for sql in sent if sql.startswith('UPDATE "editorial_summary"')]
    named = set(re.findall(r'"(\w+)" = ', update.partition(" WHERE ")[0]))
    assert named == {"body", "move", "revision"}


def test_what_is_put_back_in_the_same_act_is_written_too(desk):
    with transaction.atomic():
        row = workflow.lock(desk.draft())
        row.review_wanted_by = clock.today()
        workflow.write(row, "revise", by=desk.writer, reason="")
        row.review_wanted_by = None
        workflow.write(row, "revise", by=desk.writer, reason="")

    assert fresh(row).review_wanted_by is None
    days = row.history.values_list("review_wanted_by", flat=True)
    assert list(days)[:3] == [None, clock.today(), None]


def test_a_summary_that_moved_on_refuses_the_same_move_again(desk):
    summary = desk.draft()
    workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(MoveRefused, match="is in review"):
        workflow.submit_for_review(summary, by=desk.writer)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "Write the body"),
        ("No source at all.", "Cite at least 1"),
        ("One that is not there [@pmid:1].", "Add to the catalogue.*pmid:1"),
    ],
)
def test_a_text_with_a_fault_is_not_submitted(desk, real_rules, body, sentence):
    with pytest.raises(MoveRefused, match=sentence):
        workflow.submit_for_review(desk.draft(body=body), by=desk.writer)


def test_a_text_whose_marks_went_bad_is_not_submitted(desk):
    summary = desk.draft()
    tamper("UPDATE editorial_summary SET body = %s", "##\n\nWords [@gard-poh].")

    with pytest.raises(MoveRefused, match="this heading has no words"):
        workflow.submit_for_review(summary, by=desk.writer)


def test_a_text_without_a_short_answer_is_not_submitted(desk):
    text = desk.text(short="")
    summary = writing.start(desk.condition, desk.question, by=desk.writer, text=text)

    with pytest.raises(MoveRefused, match="Write the short answer"):
        workflow.submit_for_review(summary, by=desk.writer)


def test_only_who_submitted_it_or_an_editor_recalls_it(desk):
    other = make_writer("lea", "Lea Brandt")
    summary = desk.in_review()

    with pytest.raises(MoveRefused, match="Only Tomás Rey, who submitted it"):
        workflow.recall(summary, by=other, reason="Mine now.")

    assert workflow.recall(summary, by=desk.editor, reason="x").status == Status.DRAFT


def test_a_recalled_recheck_is_reviewed_again_with_its_old_evidence_date(desk):
    summary = desk.reviewed(evidence_searched_on=date(2026, 1, 2))
    summary = workflow.recheck(
        summary, by=desk.editor, evidence_searched_on=date(2026, 3, 4)
    )
    assert summary.evidence_searched_on == date(2026, 3, 4)

    summary = workflow.recall(summary, by=desk.editor, reason="Too early.")

    assert (summary.status, summary.evidence_searched_on) == (
        Status.REVIEWED,
        date(2026, 1, 2),
    )


def test_a_medical_reviewer_recalls_the_recheck_that_they_sent(desk):
    summary = workflow.recheck(desk.reviewed(), by=desk.reviewer)

    summary = workflow.recall(summary, by=desk.reviewer, reason="Too early.")

    assert summary.status == Status.REVIEWED


def test_a_recheck_wants_no_evidence_from_the_future(desk):
    with pytest.raises(MoveRefused, match="in the future"):
        workflow.recheck(
            desk.reviewed(),
            by=desk.editor,
            evidence_searched_on=clock.today() + timedelta(days=1),
        )


@pytest.mark.parametrize("note", ["", "  \n"])
def test_changes_are_requested_with_a_note(desk, note):
    with pytest.raises(MoveRefused, match="Say what must change"):
        workflow.request_changes(
            desk.in_review(), by=desk.reviewer, reasons=["unclear"], note=note
        )


def test_a_reviewer_whose_credential_lapsed_still_requests_changes(desk):
    lapsed = make_reviewer("old", "Olga Lapsed", days=-1)

    summary = workflow.request_changes(
        desk.in_review(), by=lapsed, reasons=["unclear"], note="Outdated."
    )

    assert summary.status == Status.CHANGES_REQUESTED


def test_a_reviewer_claims_a_review_and_gives_it_back(desk):
    summary = workflow.assign(
        desk.in_review(), by=desk.reviewer, reviewer=desk.reviewer
    )
    assert summary.assigned_reviewer == desk.reviewer

    summary = workflow.assign(summary, by=desk.reviewer, reviewer=None)

    assert summary.assigned_reviewer is None


def test_a_reviewer_does_not_assign_somebody_else(desk):
    other = make_reviewer("jon", "Jon Berg")

    with pytest.raises(MoveRefused, match="Only an editor assigns"):
        workflow.assign(desk.in_review(), by=desk.reviewer, reviewer=other)


def test_a_reviewer_does_not_take_another_ones_review(desk):
    other = make_reviewer("jon", "Jon Berg")
    summary = workflow.assign(desk.in_review(), by=desk.editor, reviewer=other)

    with pytest.raises(MoveRefused, match="Jon Berg holds this review"):
        workflow.assign(summary, by=desk.reviewer, reviewer=desk.reviewer)


def test_an_editor_takes_a_review_from_its_holder(desk):
    summary = workflow.assign(
        desk.in_review(), by=desk.reviewer, reviewer=desk.reviewer
    )
    other = make_reviewer("jon", "Jon Berg")

    summary = workflow.assign(summary, by=desk.editor, reviewer=other)

    assert summary.assigned_reviewer == other


def test_only_a_medical_reviewer_is_assigned(desk):
    with pytest.raises(MoveRefused, match="Tomás Rey is not a medical reviewer"):
        workflow.assign(desk.in_review(), by=desk.editor, reviewer=desk.writer)


def test_any_eligible_reviewer_may_sign_what_another_was_assigned(desk):
    other = make_reviewer("jon", "Jon Berg")
    summary = workflow.assign(desk.in_review(), by=desk.editor, reviewer=other)

    assert desk.sign(summary).status == Status.REVIEWED


def test_a_superuser_with_every_role_is_refused_every_verb(desk):
    root = make_user("root", *Role, superuser=True)

    with pytest.raises(PermissionDenied):
        workflow.submit_for_review(desk.draft(), by=root)


def test_order_survives_a_clock_that_goes_back(desk):
    summary = desk.draft()
    with clock.moved_to(clock.now() - timedelta(days=3650)):
        summary = desk.revise(summary, "Written in the past.")

    assert summary.history.latest().body == "Written in the past."
    assert [row.revision for row in summary.history.all()] == [2, 1]


@pytest.mark.parametrize("credential", [{"days": -1}, {"verified": False}])
def test_a_review_is_handed_to_nobody_whose_credential_does_not_hold(desk, credential):
    people = {"by": make_user("root", superuser=True), "reason": "She left."}
    lapsed = make_reviewer("lars", "Lars Lund", **credential)

    with pytest.raises(MoveRefused, match="The credential of Lars Lund is not valid"):
        workflow.hand_over(
            desk.in_review(), part=Role.MEDICAL_REVIEWER, to=lapsed, **people
        )
