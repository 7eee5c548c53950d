from datetime import date, timedelta

import pytest

from editorial import clock, history, publishing, workflow, writing
from editorial.models import LostText
from editorial.rules import MoveRefused
from editorial.writing import Conflict, Text
from tests.builders import (
    BODY,
    SHORT,
    Desk,
    fresh,
    make_condition,
    make_reviewer,
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


def said(summary):
    return [(e.who, e.what) for e in history.timeline(summary)]


def test_timeline_tells_each_act_once_and_in_order(desk):
    assert said(desk.withdrawn()) == [
        ("Maren Holt", "withdrew edition 1 from readers"),
        ("Ines Falk", "signed edition 1 (First edition), which went live at once"),
        ("Tomás Rey", "submitted the text for review"),
        ("Tomás Rey", "started the summary"),
    ]


def test_an_act_is_told_with_its_reason_and_with_its_note_to_readers(desk):
    withdrawn, signed, *_ = history.timeline(desk.withdrawn())

    assert (withdrawn.words, withdrawn.note) == (
        "A mistake.",
        "We are checking a dose.",
    )
    assert (signed.words, signed.note) == ("", "Added the long-term results.")


def test_a_publication_of_its_own_is_told_by_its_move(desk, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    summary = desk.reviewed()
    publishing.publish(summary, by=desk.editor)

    assert said(fresh(summary))[:2] == [
        ("Maren Holt", "made edition 1 live"),
        ("Ines Falk", "signed edition 1 (First edition)"),
    ]


def test_each_edition_is_told_by_the_move_that_brought_it_before_readers(desk):
    summary = desk.new_edition(desk.live(), BODY + " More.")
    publishing.withdraw(summary, by=desk.editor, reason="A doubt.", note="We check it.")
    publishing.reinstate(fresh(summary), by=desk.editor, reason="It is right.")

    assert [what for _, what in said(fresh(summary)) if "edition" in what] == [
        "put edition 2 back before readers",
        "withdrew edition 2 from readers",
        "signed edition 2 (New evidence), which went live at once",
        "signed edition 1 (First edition), which went live at once",
    ]


def test_the_first_of_two_signatures_is_told_by_itself():
    desk = Desk(signatures=2)
    summary, noor = desk.in_review(), make_reviewer("noor", "Noor Said")
    sign(summary, by=desk.reviewer)
    sign(summary, by=noor)

    assert said(fresh(summary))[:2] == [
        ("Noor Said", "signed edition 1 (First edition), which went live at once"),
        ("Ines Falk", "signed the text of edition 1, which needed another signature"),
    ]


def test_assignments_and_times_are_told_in_words(desk):
    summary, at = desk.in_review(), clock.now() + timedelta(days=2)
    for person, by in (
        (desk.reviewer, desk.editor),
        (None, desk.editor),
        (desk.reviewer, desk.reviewer),
    ):
        workflow.assign(summary, by=by, reviewer=person)
    for when in (at, None):
        publishing.schedule(summary, by=desk.editor, at=when)

    assert [what for _, what in said(fresh(summary))][:5] == [
        "took the publication time away",
        f"set publication not before {at.day} {at:%B %Y, %H:%M}",
        "claimed the review",
        "left the review to whoever is free",
        "asked Ines Falk to review",
    ]


def test_a_draft_that_is_started_again_is_taken_up(desk):
    summary = writing.set_aside(desk.draft(), by=desk.writer, reason="Not now.")
    writing.start(desk.condition, desk.question, by=desk.writer)

    assert [what for _, what in said(fresh(summary))] == [
        "took the draft up again",
        "set the draft aside",
        "started the summary",
    ]


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
    assert history.kept_texts(summary) == [second, first]

    writing.revise(
        summary,
        by=desk.writer,
        text=desk.text("Merged words."),
        against=1,
        reason=history.merging(first, "Both are right."),
    )

    assert history.kept_texts(summary) == [second]
    assert fresh(summary).history.first().history_change_reason == (
        f"Merged the kept text no. {first.pk}. Both are right."
    )


def test_a_kept_text_whose_words_were_saved_later_waits_no_longer(desk):
    summary = desk.draft()
    late(desk, summary)

    desk.revise(summary, "Late words.")

    assert history.kept_texts(summary) == []
    assert LostText.objects.count() == 1


def test_a_kept_text_waits_no_longer_when_a_reason_says_that_it_was_left_out(desk):
    summary = desk.revise(desk.draft(), "New words.", by=desk.editor)
    lost = late(desk, summary)

    writing.leave_out(lost, by=desk.editor, against=2, reason="Said already.")

    assert history.kept_texts(summary) == []
    (event,) = (e for e in history.timeline(summary) if e.kind == "kept")
    assert event.words == "Typed against revision 0."


def test_the_number_of_one_kept_text_settles_no_other(desk):
    summary = desk.draft()
    texts = [late(desk, summary, f"Late words {n}.") for n in range(12)]
    twelfth = max(texts, key=lambda text: text.pk)
    reason = history.merging(twelfth, "")

    text = desk.text("Merged words.")
    writing.revise(summary, by=desk.writer, text=text, against=1, reason=reason)

    assert history.kept_texts(summary) == [*reversed(texts[:-1])]


@pytest.mark.parametrize(
    "field", [{"drafting_note": "N"}, {"evidence_searched_on": date(2026, 1, 2)}]
)
def test_a_kept_text_whose_words_alone_stand_elsewhere_still_waits(desk, field):
    """Else a note or a date that lost a conflict would be forgotten."""
    summary = desk.revise(desk.draft(), "New words.")
    with pytest.raises(Conflict) as conflict:
        writing.revise(summary, by=desk.editor, text=desk.text(**field), against=1)

    assert history.kept_texts(summary) == [conflict.value.lost]


def test_a_kept_text_that_goes_back_to_an_older_revision_still_waits(desk):
    summary = desk.draft()
    for body in ("Second.", "Third."):
        desk.revise(summary, body)
    with pytest.raises(Conflict) as conflict:
        writing.revise(summary, by=desk.editor, text=desk.text(), against=2)

    assert history.kept_texts(summary) == [conflict.value.lost]


def test_a_save_too_late_that_changed_nothing_has_nothing_to_merge(desk):
    summary = desk.revise(desk.draft(), "New words.")
    with pytest.raises(Conflict):
        writing.revise(summary, by=desk.editor, text=desk.text(), against=1)

    assert history.kept_texts(summary) == []
