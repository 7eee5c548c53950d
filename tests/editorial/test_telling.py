"""The timeline in words: each act once, with who did it and what was said."""

from datetime import timedelta

import pytest

from editorial import clock, history, publishing, workflow, writing
from editorial.writing import Text
from tests.builders import BODY, SHORT, Desk, fresh, make_reviewer, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


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


def test_a_save_that_changed_no_word_says_so(desk):
    summary = desk.draft()
    text = Text(short_answer=SHORT, body=BODY, drafting_note="Checked by hand.")
    writing.revise(summary, by=desk.writer, text=text, against=1)

    assert said(fresh(summary))[0] == ("Tomás Rey", "saved a revision of the same text")
