"""Law 4 whole, as `verify` asks it of each sign-off: what the desk would have refused.

The reviewer signs; then the row says that it was somebody who might not have.
"""

import pytest

from editorial import settling, verifying, workflow, writing
from editorial.models import SignOff
from editorial.states import Role
from tests.builders import (
    BODY,
    fresh,
    make_reviewer,
    record,
)
from tests.tampering.populating import unguarded_desk
from tests.tampering.rebuilding import run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def desk(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), unguarded_desk() as desk:
        yield desk


@pytest.fixture(scope="module")
def other(desk):
    """A reviewer who is a writer and an editor too."""
    return make_reviewer("all", "Al Three", roles=(Role.WRITER, Role.EDITOR))


def signed_by(user):
    """Let the newest sign-off be another's; return the kinds of law 4 found."""
    newest = SignOff.objects.latest("pk").pk
    run("UPDATE editorial_signoff SET signer_id = %s WHERE id = %s", user.pk, newest)
    found = verifying.verify().found.findings
    return {kind: f.sentence for kind, f in found.items() if "four_eyes" in kind}


def sent(desk, summary):
    return workflow.submit_for_review(fresh(summary), by=desk.writer)


def next_edition(desk, summary, body, *, by=None):
    summary = workflow.start_revision(summary, by=desk.writer)
    summary = desk.revise(summary, body, by=by)
    return desk.sign(sent(desk, summary))


def late(desk, summary, by, body):
    """Return a text that came too late for the summary, and is kept."""
    with pytest.raises(writing.Conflict) as conflict:
        writing.revise(summary, by=by, text=desk.text(body), against=1)
    return conflict.value.lost


def test_somebody_who_wrote_nothing_breaks_no_law(desk, other):
    desk.live()

    assert signed_by(other) == {}


def test_whoever_wrote_a_word_is_named(desk, other):
    desk.sign(sent(desk, desk.revise(desk.draft(), BODY + "\n\nOne.", by=other)))

    assert "by somebody who wrote part of" in signed_by(other)["four_eyes"]


def test_whoever_typed_the_note_on_the_drafting_is_named(desk, other):
    text = desk.text(drafting_note="Take two.")
    summary = writing.revise(desk.draft(), by=other, text=text, against=1)
    desk.sign(sent(desk, summary))

    assert "four_eyes" in signed_by(other)


def test_whoever_began_with_a_note_on_the_drafting_is_named(desk, other):
    note = desk.text("", "", drafting_note="Take two.")
    begun = writing.start(desk.condition, desk.question, by=other, text=note)
    desk.sign(sent(desk, desk.revise(begun, BODY)))

    assert "four_eyes" in signed_by(other)


def test_whoever_began_with_nothing_is_not_named(desk, other):
    begun = writing.start(desk.condition, desk.question, by=other)
    desk.sign(sent(desk, desk.revise(begun, BODY)))

    assert signed_by(other) == {}


def test_a_recheck_washes_nobody_clean(desk, other):
    summary = desk.sign(sent(desk, desk.draft(by=other)))
    desk.sign(workflow.recheck(summary, by=desk.editor))

    assert "four_eyes" in signed_by(other)


def test_whoever_wrote_an_older_edition_alone_is_not_named(desk, other):
    summary = desk.sign(sent(desk, desk.draft(by=other)))
    next_edition(desk, summary, "Without their words [@gard-poh].")

    assert signed_by(other) == {}


def test_whoever_wrote_words_that_came_back_is_named(desk, other):
    summary = desk.sign(sent(desk, desk.draft(by=other)))
    summary = next_edition(desk, summary, "Without their words [@gard-poh].")
    summary = workflow.start_revision(summary, by=desk.writer)
    writing.restore(summary, by=desk.writer, revision=1, against=summary.revision)
    desk.sign(sent(desk, summary))

    assert "four_eyes" in signed_by(other)


@pytest.mark.parametrize("body", ["Mine [@gard-poh].", "Another’s [@gard-poh]."])
def test_whoever_had_a_text_kept_is_named_merged_or_not(desk, other, body):
    summary = desk.revise(desk.draft(), "The first to save [@gard-poh].")
    late(desk, summary, other, "Mine [@gard-poh].")
    desk.sign(sent(desk, desk.revise(summary, body)))

    assert "four_eyes_kept" in signed_by(other)


def kept_before_an_edition(desk, other):
    summary = desk.revise(desk.draft(), BODY + "\n\nTwo.")
    lost = late(desk, summary, other, BODY + "\n\nWords of Al.")
    return desk.sign(sent(desk, summary)), lost


def test_a_text_kept_before_an_edition_does_not_count_after_it(desk, other):
    summary, _ = kept_before_an_edition(desk, other)
    next_edition(desk, summary, "Without their words [@gard-poh].")

    assert signed_by(other) == {}


@pytest.mark.parametrize("how", ["merged", "word for word"])
def test_a_text_kept_before_an_edition_counts_once_it_is_merged(desk, other, how):
    summary, lost = kept_before_an_edition(desk, other)
    summary = workflow.start_revision(summary, by=desk.writer)
    merged = how == "merged"
    writing.revise(
        summary,
        by=desk.writer,
        text=desk.text(BODY + "\n\nWords of Al." + " And two." * merged),
        against=summary.revision,
        reason=settling.merging(lost, "") if merged else "",
    )
    desk.sign(sent(desk, summary))

    assert "four_eyes_kept" in signed_by(other)


def test_a_text_kept_since_the_last_edition_counts_unmerged_too(desk, other):
    summary = workflow.start_revision(desk.live(), by=desk.writer)
    summary = desk.revise(summary, "Newer words [@gard-poh].")
    late(desk, summary, other, "Mine [@gard-poh].")
    desk.sign(sent(desk, summary))

    assert "four_eyes_kept" in signed_by(other)


def test_a_text_that_was_kept_after_the_signature_does_not_count(desk, other):
    summary = desk.live()
    workflow.start_revision(summary, by=desk.writer)
    late(desk, summary, other, "Mine [@gard-poh].")

    assert signed_by(other) == {}


@pytest.mark.parametrize(
    ("entry", "thing"),
    [
        ("condition", "the condition’s entry"),
        ("question", "the question"),
        ("source", "a source that it cites"),
    ],
)
def test_whoever_edited_an_entry_is_named(desk, other, entry, thing):
    record(desk.sources[0] if entry == "source" else getattr(desk, entry), other)
    desk.live()

    assert f"by somebody who edited {thing}." in signed_by(other)["four_eyes_entry"]


def test_an_edit_before_an_edition_does_not_count_after_it(desk, other):
    for entry in (desk.condition, desk.question, desk.sources[1]):
        record(entry, other)
    next_edition(desk, desk.live(), "Other words [@gard-poh].")

    assert signed_by(other) == {}


def test_an_edit_after_the_signature_does_not_count(desk, other):
    desk.live()
    for entry in (desk.condition, desk.question, *desk.sources):
        record(entry, other)

    assert signed_by(other) == {}


def test_a_source_cited_for_the_first_time_counts_from_its_first_word(desk, other):
    record(desk.sources[0], other)
    summary = desk.reviewed(body="Only the registry says so [@gard-poh].")
    next_edition(desk, summary, BODY)

    assert "a source that it cites" in signed_by(other)["four_eyes_entry"]


def test_a_source_that_is_not_cited_does_not_count(desk, other):
    record(desk.sources[0], other)
    desk.reviewed(body="Only the registry says so [@gard-poh].")

    assert signed_by(other) == {}


def test_a_source_is_told_by_the_key_that_it_had_then(desk, other):
    source = desk.sources[0]
    source.key = "first"
    record(source, other)
    source.key = "pmid:11784876"
    record(source, desk.editor)
    desk.live()

    assert "four_eyes_entry" in signed_by(other)


def test_an_edit_between_two_signatures_of_an_edition_is_named(desk, other):
    desk.question.signatures_required = 2
    record(desk.question, desk.editor)
    summary = desk.sign(desk.in_review(), by=other)
    record(desk.sources[0], desk.editor)
    desk.sign(summary)
    assert verifying.verify().found.findings.keys() == {"guards"}

    # As if the edit between had been the first signer's.
    run(
        "UPDATE conditions_historicalsource SET history_user_id = %s "
        "WHERE history_id = (SELECT MAX(history_id) FROM conditions_historicalsource)",
        other.pk,
    )

    assert "four_eyes_entry" in verifying.verify().found.findings
