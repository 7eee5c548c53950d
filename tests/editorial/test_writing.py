from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from editorial import clock, workflow, writing
from editorial.models import Drafting, LostText, Summary
from editorial.rules import MoveRefused
from tests.builders import BODY, Desk, fresh, make_user, make_writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_a_save_raises_the_revision_by_one(desk):
    summary = desk.revise(desk.draft(), "New words.")

    revisions = summary.history.values_list("revision", flat=True)
    assert list(revisions) == [2, 1]


def test_a_save_of_the_same_words_writes_nothing(desk):
    summary = desk.draft()

    desk.revise(summary, BODY + "  \r\n")

    assert fresh(summary).revision == 1


def test_a_change_of_the_drafting_alone_wrote_no_text(desk):
    summary = desk.draft()
    text = desk.text(drafting=Drafting.MACHINE_ASSISTED, drafting_note="A glossary.")

    writing.revise(summary, by=desk.writer, text=text, against=1)

    assert summary.history.first().wrote_text is False


def test_a_stale_save_keeps_both_texts(desk):
    summary, second = desk.draft(), make_writer("lea", "Lea Brandt")
    desk.revise(summary, "The first to save.")

    with pytest.raises(writing.Conflict) as conflict:
        writing.revise(
            summary, by=second, text=desk.text("The second to save."), against=1
        )

    assert fresh(summary).body == "The first to save."
    assert conflict.value.lost == LostText.objects.get()
    assert conflict.value.lost.body == "The second to save."
    assert "Tomás Rey saved at" in str(conflict.value)


def test_a_stale_save_leaves_no_trace_in_history(desk):
    summary = desk.revise(desk.draft(), "The first to save.")

    with pytest.raises(writing.Conflict):
        writing.revise(summary, by=desk.writer, text=desk.text("Late."), against=1)

    assert summary.history.count() == 2


def test_a_stale_save_that_is_sent_twice_is_kept_once(desk):
    summary = desk.revise(desk.draft(), "The first to save.")
    late = {"by": desk.writer, "text": desk.text("Late."), "against": 1}

    for _ in range(2):
        with pytest.raises(writing.Conflict):
            writing.revise(summary, **late)

    assert LostText.objects.count() == 1


def lose(desk, summary):
    with pytest.raises(writing.Conflict) as conflict:
        writing.revise(summary, by=desk.writer, text=desk.text("Late."), against=0)
    return conflict.value.lost


def test_leaving_out_a_kept_text_is_a_revision_with_the_same_words(desk):
    summary = desk.draft()
    lost = lose(desk, summary)

    row = writing.leave_out(lost, by=desk.editor, against=1, reason=" Said already. ")

    written = row.history.first()
    assert (written.revision, written.body, written.wrote_text) == (2, BODY, False)
    assert written.history_change_reason == (
        f"Left out the kept text no. {lost.pk}. Said already."
    )


def test_leaving_out_needs_a_reason_and_the_text_that_was_looked_at(desk):
    summary = desk.draft()
    lost = lose(desk, summary)

    for against, reason, sentence in (
        (1, " ", "Say why nothing"),
        (0, "Doubled.", "Tomás Rey saved at .*look at it again"),
    ):
        with pytest.raises(MoveRefused, match=sentence):
            writing.leave_out(lost, by=desk.editor, against=against, reason=reason)

    assert fresh(summary).revision == 1


def test_a_kept_text_is_settled_once(desk):
    summary = desk.draft()
    lost = lose(desk, summary)
    writing.leave_out(lost, by=desk.editor, against=1, reason="Said already.")

    with pytest.raises(MoveRefused, match="Revision 2 settled this text already"):
        writing.leave_out(lost, by=desk.editor, against=2, reason="Doubled.")


def test_nothing_is_left_out_while_the_text_is_in_review(desk):
    lost = lose(desk, desk.in_review())

    with pytest.raises(MoveRefused, match="is in review"):
        writing.leave_out(lost, by=desk.editor, against=2, reason="Doubled.")


def test_a_medical_reviewer_leaves_out_nothing(desk):
    lost = lose(desk, desk.draft())

    with pytest.raises(PermissionDenied):
        writing.leave_out(lost, by=desk.reviewer, against=1, reason="Doubled.")


def test_a_text_typed_while_another_submitted_it_is_kept(desk):
    summary = desk.in_review()

    with pytest.raises(writing.Conflict, match="is in review"):
        desk.revise(summary, "Typed meanwhile.")

    assert LostText.objects.get().body == "Typed meanwhile."


def test_an_old_text_is_restored_as_a_new_revision(desk):
    summary = desk.revise(desk.draft(), "New words.")

    summary = writing.restore(summary, by=desk.editor, revision=1, against=2)

    row = summary.history.first()
    assert (row.revision, row.body, row.wrote_text) == (3, BODY, True)
    assert row.history_change_reason == "Restored revision 1."


@pytest.mark.parametrize(
    ("revision", "sentence"), [(9, "no revision 9"), (1, "words that stand now")]
)
def test_a_restore_that_changes_nothing_is_refused(desk, revision, sentence):
    with pytest.raises(MoveRefused, match=sentence):
        writing.restore(desk.draft(), by=desk.writer, revision=revision, against=1)


def test_a_draft_set_aside_is_taken_up_by_starting_again(desk):
    summary = writing.set_aside(desk.draft(), by=desk.writer, reason="Doubled.")
    assert summary.set_aside

    again = desk.draft(body="Fresh words.")

    assert (again.pk, again.set_aside, again.body) == (
        summary.pk,
        False,
        "Fresh words.",
    )


def test_a_draft_set_aside_takes_no_other_move(desk):
    summary = writing.set_aside(desk.draft(), by=desk.writer, reason="Doubled.")

    with pytest.raises(MoveRefused, match="set aside: start it again"):
        workflow.submit_for_review(summary, by=desk.writer)


def test_a_draft_is_set_aside_by_its_writer_or_an_editor_alone(desk):
    other = make_writer("lea", "Lea Brandt")

    with pytest.raises(MoveRefused, match="Only its writer or an editor"):
        writing.set_aside(desk.draft(), by=other, reason="Not mine.")


def test_setting_aside_needs_a_reason(desk):
    with pytest.raises(MoveRefused, match="Say why"):
        writing.set_aside(desk.draft(), by=desk.writer, reason=" ")


def test_a_text_that_would_print_differently_is_refused_and_names_the_place(desk):
    summary = desk.draft()

    with pytest.raises(MoveRefused, match="Line 5"):
        desk.revise(summary, "Good.\n\n| a |\n| - |\n| 1 | 2 |")

    assert fresh(summary).revision == 1


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\ud800"])
def test_a_control_character_is_refused(desk, sign):
    with pytest.raises(MoveRefused, match="cannot be seen"):
        desk.draft(body=f"Take care{sign} here.")


def test_evidence_cannot_come_from_the_future(desk):
    tomorrow = clock.today() + timedelta(days=1)

    with pytest.raises(MoveRefused, match="in the future"):
        desk.draft(evidence_searched_on=tomorrow)


@pytest.mark.parametrize(
    "field", [{"drafting": "by magic"}, {"drafting_note": "x" * 301}]
)
def test_a_value_that_the_field_does_not_take_is_refused(desk, field):
    with pytest.raises(MoveRefused):
        desk.draft(**field)

    assert not Summary.objects.exists()


def test_somebody_without_a_role_writes_nothing(desk):
    with pytest.raises(PermissionDenied):
        writing.revise(
            desk.draft(), by=make_user("guest"), text=desk.text("Mine."), against=1
        )

    assert not LostText.objects.exists()


def test_words_are_stored_in_one_composition_with_one_line_end(desk):
    summary = desk.draft(body="Me\u0301nie\r\nre")

    assert summary.body == "M\u00e9nie\nre"
