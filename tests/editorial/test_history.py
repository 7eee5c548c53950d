from datetime import date, timedelta

import pytest
from django.db import connection

from editorial import clock, history, settling, workflow, writing
from editorial.models import LostText, Summary
from editorial.rules import MoveRefused
from editorial.writing import Conflict, Text
from tests.builders import (
    BODY,
    SHORT,
    WHY,
    Desk,
    fresh,
    make_condition,
    sign,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def told(summary):
    return [(e.kind, e.revision) for e in history.timeline(summary)]


def late(desk, summary, body="Late words."):
    text = Text(short_answer=SHORT, body=body)
    with pytest.raises(Conflict) as conflict:
        writing.revise(summary, by=desk.writer, text=text, against=0)
    return conflict.value.lost


def test_timeline_keeps_its_order_when_the_clock_went_backwards(desk):
    summary = desk.draft()
    with clock.moved_to(clock.now() - timedelta(days=400)):
        desk.revise(summary, "Second.")
    desk.revise(summary, "Third.")

    assert told(fresh(summary)) == [
        ("revision", 3),
        ("revision", 2),
        ("revision", 1),
    ]


def test_a_signature_is_one_act_with_its_move_whatever_the_clock(desk):
    summary = desk.in_review()
    with clock.moved_to(clock.now() - timedelta(days=1)):
        desk.sign(summary)

    assert told(fresh(summary)) == [
        ("revision", 3),
        ("revision", 2),
        ("revision", 1),
    ]


def test_a_first_signature_stands_after_the_revision_it_read_whatever_the_clock():
    desk = Desk(signatures=2)
    summary = desk.in_review()
    with clock.moved_to(clock.now() - timedelta(days=1)):
        sign(summary, by=desk.reviewer)

    assert told(fresh(summary)) == [
        ("signature", 2),
        ("revision", 2),
        ("revision", 1),
    ]


def test_timeline_tells_of_a_refused_signing_and_why(desk):
    summary = desk.in_review()
    with pytest.raises(MoveRefused):
        sign(summary, by=desk.reviewer, password="wrong")

    event = history.timeline(summary)[0]

    assert (event.kind, event.who) == ("refusal", "Ines Falk")
    assert event.words.startswith("That is not your password.")


def test_timeline_says_which_revisions_wrote_text(desk):
    summary = desk.in_review()

    assert [e.wrote_text for e in history.timeline(summary)] == [False, True]


def test_timeline_of_one_summary_has_nothing_of_another(desk):
    desk.live()
    condition = make_condition(desk.editor, slug="fop", name="FOP")
    other = writing.start(condition, desk.question, by=desk.editor)

    assert told(other) == [("revision", 1)]


def test_a_revision_is_read_by_its_number(desk):
    summary = desk.draft()
    desk.revise(summary, "Second.")

    rows = [history.revision(summary, number) for number in (1, 2, 3, 0)]

    assert [row and row.body for row in rows] == [BODY, "Second.", None, None]


def test_the_revision_before_the_first_is_none(desk):
    summary = desk.in_review()

    assert [history.previous_text(summary, n) for n in (1, 2, 3)] == [0, 1, 2]


def test_a_kept_text_waits_until_a_revision_says_that_it_was_merged(desk):
    summary = desk.draft()
    first, second = late(desk, summary), late(desk, summary, "Other late words.")
    assert settling.kept_texts(summary) == [second, first]

    writing.revise(
        summary,
        by=desk.writer,
        text=desk.text("Merged words."),
        against=1,
        reason=settling.merging(first, "Both are right."),
    )

    assert settling.kept_texts(summary) == [second]
    assert fresh(summary).history.first().history_change_reason == (
        f"Merged the kept text no. {first.pk}. Both are right."
    )


def test_a_kept_text_whose_words_were_saved_later_waits_no_longer(desk):
    summary = desk.draft()
    late(desk, summary)

    desk.revise(summary, "Late words.")

    assert settling.kept_texts(summary) == []
    assert LostText.objects.count() == 1


def test_a_kept_text_waits_no_longer_when_a_reason_says_that_it_was_left_out(desk):
    summary = desk.revise(desk.draft(), "New words.", by=desk.editor)
    lost = late(desk, summary)

    writing.leave_out(lost, by=desk.editor, against=2, reason="Said already.")

    assert settling.kept_texts(summary) == []
    (event,) = (e for e in history.timeline(summary) if e.kind == "kept")
    assert event.words == "Typed against revision 0."


def test_the_number_of_one_kept_text_settles_no_other(desk):
    summary = desk.draft()
    texts = [late(desk, summary, f"Late words {n}.") for n in range(12)]
    twelfth = max(texts, key=lambda text: text.pk)
    reason = settling.merging(twelfth, "")

    text = desk.text("Merged words.")
    writing.revise(summary, by=desk.writer, text=text, against=1, reason=reason)

    assert settling.kept_texts(summary) == [*reversed(texts[:-1])]


@pytest.mark.parametrize(
    "field", [{"drafting_note": "N"}, {"evidence_searched_on": date(2026, 1, 2)}]
)
def test_a_kept_text_whose_words_alone_stand_elsewhere_still_waits(desk, field):
    """Else a note or a date that lost a conflict would be forgotten."""
    summary = desk.revise(desk.draft(), "New words.")
    with pytest.raises(Conflict) as conflict:
        writing.revise(summary, by=desk.editor, text=desk.text(**field), against=1)

    assert settling.kept_texts(summary) == [conflict.value.lost]


def test_a_kept_text_that_goes_back_to_an_older_revision_still_waits(desk):
    summary = desk.draft()
    for body in ("Second.", "Third."):
        desk.revise(summary, body)
    with pytest.raises(Conflict) as conflict:
        writing.revise(summary, by=desk.editor, text=desk.text(), against=2)

    assert settling.kept_texts(summary) == [conflict.value.lost]


def test_a_save_too_late_that_changed_nothing_has_nothing_to_merge(desk):
    summary = desk.revise(desk.draft(), "New words.")
    with pytest.raises(Conflict):
        writing.revise(summary, by=desk.editor, text=desk.text(), against=1)

    assert settling.kept_texts(summary) == []


def test_a_note_of_somebody_who_does_not_write_settles_no_kept_text(desk):
    summary = desk.revise(desk.draft(), "Mine.")
    with pytest.raises(writing.Conflict) as conflict:
        writing.revise(summary, by=desk.editor, text=desk.text("Theirs."), against=1)
    summary = desk.revise(summary, BODY)
    workflow.submit_for_review(summary, by=desk.writer)

    note = settling.leaving_out(conflict.value.lost, "says a reviewer")
    workflow.request_changes(summary, by=desk.reviewer, reasons=["unclear"], note=note)

    assert settling.kept_texts(summary) == [conflict.value.lost]


def test_a_reason_is_told_between_the_text_and_its_submission(desk):
    events = history.timeline(desk.reasoned())

    assert [event.kind for event in events] == ["revision", "reason", "revision"]
    reason = events[1]
    assert (reason.who, reason.words) == ("Tomás Rey", WHY)
    assert reason.what == "wrote why “5 mg” stays (P22)"


def test_a_save_of_a_text_keeps_few_indexes_of_its_history():
    """Each costs every save; those that django-simple-history adds nobody asks."""
    table = Summary.history.model._meta.db_table
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)

    kept = {tuple(one["columns"]) for one in found.values() if one["index"]}
    # PostgreSQL counts those of keys too.
    assert kept - {("history_id",), ("id", "revision")} == {
        ("history_user_id", "wrote_text", "move", "id"),
        ("move", "history_date", "id", "revision"),
        ("id", "revision", "move", "history_date"),
    }
