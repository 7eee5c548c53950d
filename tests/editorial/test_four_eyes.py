from datetime import date

import pytest

from editorial import four_eyes, settling, workflow, writing
from editorial.dossier import Dossier
from editorial.rules import MoveRefused
from editorial.states import Role, Status
from tests.builders import (
    BODY,
    Desk,
    fresh,
    make_condition,
    make_question,
    make_reviewer,
    record,
    sign,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def both(desk):
    """A reviewer who is a writer too."""
    return make_reviewer("both", "Bo Both", roles=(Role.WRITER,))


@pytest.fixture
def all_three(desk):
    return make_reviewer("all", "Al Three", roles=(Role.WRITER, Role.EDITOR))


def test_nobody_signs_a_text_they_started(desk, both):
    summary = workflow.submit_for_review(desk.draft(by=both), by=both)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


def test_nobody_signs_a_text_they_changed_one_word_of(desk, both):
    summary = desk.revise(desk.draft(), BODY + "\n\nOne.", by=both)
    summary = workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


def test_nobody_signs_a_text_they_restored(desk, both):
    summary = desk.revise(desk.draft(), "Other words [@gard-poh].")
    writing.restore(summary, by=both, revision=1, against=fresh(summary).revision)
    summary = workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


def test_claiming_and_submitting_a_text_is_not_writing_it(desk, both):
    summary = workflow.assign(desk.draft(), by=both, reviewer=both)
    summary = workflow.submit_for_review(summary, by=both)

    assert desk.sign(summary, by=both).status == Status.REVIEWED


def test_a_recheck_does_not_wash_an_author_clean(desk, all_three):
    summary = workflow.submit_for_review(desk.draft(by=all_three), by=all_three)
    summary = desk.sign(summary)
    workflow.recheck(summary, by=all_three)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=all_three)


def test_an_author_signs_again_once_a_different_text_was_signed_by_another(desk, both):
    summary = desk.sign(workflow.submit_for_review(desk.draft(by=both), by=both))
    summary = desk.new_edition(summary, "A text without their words [@gard-poh].")
    workflow.recheck(summary, by=desk.editor)

    assert four_eyes.own_words(Dossier(summary), both) == ""


def test_a_single_signature_of_two_washes_nobody_clean():
    """Else each half of a pair could write what only the other half has read."""
    desk = Desk(signatures=2)
    both = make_reviewer("both", "Bo Both", roles=(Role.WRITER,))
    summary = workflow.submit_for_review(desk.draft(by=both), by=both)
    summary = desk.sign(summary)
    workflow.recall(summary, by=both, reason="A slip.")
    desk.revise(summary, BODY + "\n\nOne word more.")
    summary = workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("condition", "the condition’s entry"),
        ("question", "the question"),
        ("source", "a source it cites"),
    ],
)
def test_nobody_signs_words_of_the_catalogue_that_they_edited(
    desk, all_three, entry, sentence
):
    summary = desk.in_review()
    thing = desk.sources[0] if entry == "source" else getattr(desk, entry)
    record(thing, all_three)

    with pytest.raises(MoveRefused, match=sentence):
        sign(summary, by=all_three)


def test_an_edit_of_a_source_that_is_not_cited_does_not_matter(desk, all_three):
    summary = desk.in_review(body="Only the registry says so [@gard-poh].")
    record(desk.sources[0], all_three)

    assert desk.sign(summary, by=all_three).status == Status.REVIEWED


def test_work_on_another_answer_does_not_matter(desk, both):
    other = make_condition(desk.editor, slug="fop", name="another condition")
    question = make_question(desk.editor, slug="what", pattern="What is {condition}?")
    writing.start(other, question, by=both, text=desk.text())

    assert desk.sign(desk.in_review(), by=both).status == Status.REVIEWED


def test_nobody_signs_after_a_colleague_merged_their_lost_text(desk, both):
    summary = desk.revise(desk.draft(), "The first to save [@gard-poh].")
    with pytest.raises(writing.Conflict):
        writing.revise(summary, by=both, text=desk.text("Mine [@gard-poh]."), against=1)
    summary = desk.revise(summary, "Mine [@gard-poh].")
    summary = workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


@pytest.fixture
def conflict(desk):
    """A draft, and a text of the writer that came too late for it."""
    summary = desk.revise(desk.draft(), "The first to save [@gard-poh].")
    text = desk.text("Too late [@gard-poh].")
    with pytest.raises(writing.Conflict) as conflict:
        writing.revise(summary, by=desk.writer, text=text, against=1)
    return conflict.value


def test_nobody_signs_a_text_that_they_merged(desk, both, conflict):
    text = desk.text("Too late [@gard-poh].")  # word for word what another typed
    reason = settling.merging(conflict.lost, "")
    row = writing.revise(conflict.current, by=both, text=text, against=2, reason=reason)
    summary = workflow.submit_for_review(row, by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


def test_nobody_signs_a_text_that_they_chose_over_a_kept_one(desk, both, conflict):
    row = writing.leave_out(conflict.lost, by=both, against=2, reason="Doubled.")
    summary = workflow.submit_for_review(row, by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


def test_nobody_signs_their_old_words_that_a_colleague_restored(desk, both):
    summary = desk.revise(desk.draft(), "Their words [@gard-poh].", by=both)
    summary = writing.restore(summary, by=desk.writer, revision=1, against=2)
    summary = desk.sign(workflow.submit_for_review(summary, by=desk.writer))
    summary = workflow.start_revision(summary, by=desk.writer)
    summary = writing.restore(summary, by=desk.writer, revision=2, against=6)
    summary = workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


@pytest.mark.parametrize(
    "fields",
    [{"drafting_note": "Take two."}, {"evidence_searched_on": date(2026, 1, 2)}],
)
def test_nobody_signs_a_public_note_or_date_that_they_typed(desk, both, fields):
    summary = desk.draft()
    text = desk.text(**fields)
    summary = writing.revise(summary, by=both, text=text, against=1)
    summary = workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)


def test_a_source_cited_for_the_first_time_counts_from_its_first_word(desk, all_three):
    record(desk.sources[0], all_three)
    summary = desk.reviewed(body="Only the registry says so [@gard-poh].")
    summary = workflow.start_revision(summary, by=desk.writer)
    summary = desk.revise(summary, BODY)
    summary = workflow.submit_for_review(summary, by=desk.writer)

    with pytest.raises(MoveRefused, match="a source it cites"):
        sign(summary, by=all_three)


def test_a_text_kept_before_an_edition_counts_once_a_colleague_merges_it(desk, both):
    summary = desk.revise(desk.draft(), BODY + "\n\nTwo.")
    late = desk.text(BODY + "\n\nWords of Bo.")
    with pytest.raises(writing.Conflict) as conflict:
        writing.revise(summary, by=both, text=late, against=1)
    summary = workflow.submit_for_review(fresh(summary), by=desk.writer)
    summary = workflow.start_revision(desk.sign(summary), by=desk.writer)

    writing.revise(
        summary,
        by=desk.writer,
        text=desk.text(BODY + "\n\nTwo.\n\nWords of Bo."),
        against=summary.revision,
        reason=settling.merging(conflict.value.lost, ""),
    )
    summary = workflow.submit_for_review(fresh(summary), by=desk.writer)

    with pytest.raises(MoveRefused, match="You wrote part of this text"):
        sign(summary, by=both)
