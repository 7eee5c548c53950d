"""Of many texts at once, which a reviewer could not sign: as the rules say of each."""

from datetime import date

import pytest

from editorial import barring, rules, settling, workflow, writing
from editorial.models import Summary
from editorial.states import Role
from tests.builders import (
    BODY,
    Desk,
    fresh,
    make_condition,
    make_question,
    make_reviewer,
    record,
    sign,
    tamper,
)

pytestmark = pytest.mark.django_db
OTHER = "Other words [@gard-poh]."


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def both():
    """A reviewer who is a writer and an editor too."""
    return make_reviewer("both", "Bo Both", roles=(Role.WRITER, Role.EDITOR))


def may_not_sign(reviewer):
    """Say whether they could not sign the text; the rules must say the same of it."""
    summary = Summary.objects.get()
    found = barring.barred(Summary.objects.all(), [reviewer])[reviewer.pk]
    assert bool(found) == bool(rules.why_not_reviewed_by(summary, reviewer))
    return summary.pk in found


def opened(desk, summary, body=None):
    """Open a signed text again, and write it on."""
    summary = workflow.start_revision(fresh(summary), by=desk.writer)
    return desk.revise(summary, body) if body else summary


def kept(desk, summary, by, body=OTHER):
    """Let a text of theirs come too late to be saved."""
    with pytest.raises(writing.Conflict) as conflict:
        writing.revise(summary, by=by, text=desk.text(body), against=1)
    return conflict.value.lost


def test_whoever_had_no_part_in_it_may_sign(desk, both):
    desk.in_review()

    assert not may_not_sign(both)


def test_whoever_wrote_in_it_may_not(desk, both):
    desk.revise(desk.draft(), OTHER, by=both)

    assert may_not_sign(both)


def test_whoever_moved_it_on_may(desk, both):
    workflow.submit_for_review(desk.draft(), by=both)

    assert not may_not_sign(both)


def test_whoever_typed_a_note_or_a_date_may_not(desk, both):
    text = desk.text(evidence_searched_on=date(2026, 1, 2))
    writing.revise(desk.draft(), by=both, text=text, against=1)

    assert may_not_sign(both)


def test_what_was_written_before_other_words_were_signed_counts_no_more(desk, both):
    summary = desk.sign(workflow.submit_for_review(desk.draft(by=both), by=both))
    before = may_not_sign(both)

    opened(desk, summary, OTHER)

    assert (before, may_not_sign(both)) == (True, False)


def test_it_counts_from_the_last_of_the_other_texts(desk, both):
    summary = desk.revise(opened(desk, desk.reviewed(), OTHER), OTHER + " x", by=both)
    summary = desk.sign(workflow.submit_for_review(summary, by=desk.writer))

    opened(desk, summary, OTHER)

    assert not may_not_sign(both)


def test_one_signature_of_two_washes_nobody_clean():
    desk = Desk(signatures=2)
    both = make_reviewer("both", "Bo Both", roles=(Role.WRITER,))
    summary = desk.sign(workflow.submit_for_review(desk.draft(by=both), by=both))
    workflow.recall(summary, by=both, reason="A slip.")

    desk.revise(summary, OTHER)

    assert may_not_sign(both)


def test_one_signature_of_two_on_the_same_text_again_ends_no_count(both):
    desk = Desk(signatures=2)
    first, second = make_reviewer("first"), make_reviewer("second")
    summary = desk.in_review()
    sign(summary, by=first)
    sign(summary, by=second)
    record(desk.condition, both)
    workflow.recheck(fresh(summary), by=desk.editor)
    sign(summary, by=first)
    workflow.recall(fresh(summary), by=desk.editor, reason="Not yet.")

    opened(desk, summary, OTHER)

    assert may_not_sign(both)


def test_old_words_that_came_back_count_again(desk, both):
    summary = desk.revise(desk.draft(), "Theirs [@gard-poh].", by=both)
    summary = writing.restore(summary, by=desk.writer, revision=1, against=2)
    summary = desk.sign(workflow.submit_for_review(summary, by=desk.writer))
    summary = opened(desk, summary, OTHER)
    before = may_not_sign(both)

    writing.restore(summary, by=desk.writer, revision=2, against=summary.revision)

    assert (before, may_not_sign(both)) == (False, True)


def test_words_that_came_back_before_the_last_edition_do_not(desk, both):
    summary = desk.revise(desk.draft(), "Theirs [@gard-poh].", by=both)
    summary = writing.restore(summary, by=desk.writer, revision=1, against=2)
    summary = desk.sign(workflow.submit_for_review(summary, by=desk.writer))

    opened(desk, summary, OTHER)

    assert not may_not_sign(both)


def test_whoever_has_a_kept_text_of_it_may_not(desk, both):
    kept(desk, desk.revise(desk.draft(), BODY + " More."), both)

    assert may_not_sign(both)


def test_a_text_kept_before_an_edition_counts_once_it_is_merged(desk, both):
    summary = desk.revise(desk.draft(), BODY + " Two.")
    lost = kept(desk, summary, both)
    summary = desk.sign(workflow.submit_for_review(fresh(summary), by=desk.writer))
    summary = opened(desk, summary, BODY + " Three.")
    before = may_not_sign(both)

    writing.revise(
        summary,
        by=desk.writer,
        text=desk.text(OTHER + " And two."),
        against=summary.revision,
        reason=settling.merging(lost, ""),
    )

    assert (before, may_not_sign(both)) == (False, True)


@pytest.mark.parametrize("entry", ["condition", "question", "source"])
def test_an_edit_of_its_entries_counts_until_other_words_are_signed(desk, both, entry):
    summary = desk.in_review()
    record(desk.sources[0] if entry == "source" else getattr(desk, entry), both)
    before = may_not_sign(both)

    opened(desk, desk.sign(summary), BODY + " More.")

    assert (before, may_not_sign(both)) == (True, False)


@pytest.mark.parametrize("entry", ["condition", "question", "source"])
def test_an_edit_since_other_words_were_signed_counts(desk, both, entry):
    opened(desk, desk.reviewed(), BODY + " More.")

    record(desk.sources[0] if entry == "source" else getattr(desk, entry), both)

    assert may_not_sign(both)


def test_an_altered_edition_is_no_fault_of_the_screen(desk, both):
    record(desk.sources[0], both)
    opened(desk, desk.reviewed(), BODY + " More.")
    tamper("UPDATE conditions_edition SET content = '{}'")

    found = barring.barred(Summary.objects.all(), [both])

    assert len(found[both.pk]) == 1


def test_a_source_that_was_not_signed_before_counts_from_its_first_word(desk, both):
    record(desk.sources[0], both)
    summary = opened(desk, desk.reviewed(body=OTHER), OTHER + " More.")
    before = may_not_sign(both)

    desk.revise(summary, BODY)

    assert (before, may_not_sign(both)) == (False, True)


def test_entries_of_other_texts_do_not_count(desk, both):
    desk.in_review(body=OTHER)
    record(desk.sources[0], both)
    make_condition(both, slug="fop", name="another condition", identifiers=[])
    make_question(both, slug="what", pattern="What is {condition}?")

    assert not may_not_sign(both)


def test_whoever_signed_it_already_may_not_until_it_is_submitted_again():
    desk, first = Desk(signatures=2), make_reviewer("first", "First Signer")
    summary = desk.in_review()
    sign(summary, by=first)
    signed = may_not_sign(first)

    summary = workflow.recall(fresh(summary), by=desk.writer, reason="A slip.")
    recalled = may_not_sign(first)
    workflow.submit_for_review(summary, by=desk.writer)

    assert (signed, recalled, may_not_sign(first)) == (True, True, False)


def test_whoever_signed_other_words_may():
    desk, first = Desk(signatures=2), make_reviewer("first", "First Signer")
    summary = desk.in_review()
    sign(summary, by=first)
    summary = workflow.recall(fresh(summary), by=desk.writer, reason="A slip.")

    desk.revise(summary, OTHER)

    assert not may_not_sign(first)


def test_whoever_signed_the_last_edition_may_sign_the_next(desk):
    summary = workflow.start_revision(desk.reviewed(), by=desk.writer)
    opened_again = may_not_sign(desk.reviewer)
    workflow.submit_for_review(summary, by=desk.writer)

    assert (opened_again, may_not_sign(desk.reviewer)) == (False, False)


def test_of_many_texts_each_has_its_own(desk, both):
    mine = desk.draft(by=both)
    other = make_condition(desk.editor, slug="fop", name="fop", identifiers=[])
    theirs = writing.start(other, desk.question, by=desk.writer, text=desk.text())

    found = barring.barred(Summary.objects.all(), [both, desk.reviewer])
    some = barring.barred(Summary.objects.filter(pk=theirs.pk), [both])

    assert found == {both.pk: {mine.pk}, desk.reviewer.pk: frozenset()}
    assert some == {both.pk: frozenset()}
