"""What preflight holds back from the reviewers, and the reasons that are written."""

import pytest

from editorial import preflight, workflow, writing
from editorial.dossier import Dossier
from editorial.models import LogEntry, WrittenReason
from editorial.rules import MoveRefused
from tests.builders import (
    DOSE,
    DOSED,
    SOUND,
    SOUND_SHORT,
    WHY,
    Desk,
    fresh,
    reasons_for,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_rules")]
ABSENT = f"{SOUND}\n\nThere is no cure for POH [@gard-poh]."
NEEDED = "Preflight needs a reason from you, or other words."


@pytest.fixture
def desk():
    return Desk()


def submit(desk, summary, reasons=None):
    return workflow.submit_for_review(summary, by=desk.writer, reasons=reasons)


def revised(desk, summary, body, short=SOUND_SHORT):
    """Take a text back and write it anew."""
    row = workflow.recall(summary, by=desk.writer, reason="Another word.")
    text = desk.text(body, short)
    return writing.revise(row, by=desk.writer, text=text, against=row.revision)


def test_a_sound_text_is_submitted_without_a_word(desk):
    submit(desk, desk.sound())

    assert not WrittenReason.objects.exists()


def test_what_blocks_is_not_submitted_and_the_refusal_names_it(desk):
    with pytest.raises(MoveRefused) as refusal:
        submit(desk, desk.sound(ABSENT))

    said = str(refusal.value)
    assert said.startswith("Preflight holds this text back. Body, “There is no cure”: ")
    assert "as of" in said


def test_no_reason_helps_what_blocks(desk):
    summary = desk.sound(ABSENT)
    (found,) = preflight.blocking(Dossier(summary).findings)

    with pytest.raises(MoveRefused, match="holds this text back"):
        submit(desk, summary, {found.key: WHY})


def test_a_refusal_names_five_findings_and_counts_the_others(desk):
    lines = [f"There is no cure for part {n} of it [@gard-poh]." for n in "abcdefg"]

    with pytest.raises(MoveRefused, match="And 2 more: “Preflight”") as refusal:
        submit(desk, desk.sound("\n\n".join([SOUND, *lines])))

    assert str(refusal.value).count("“There is no cure") == 5


def test_a_text_with_a_plain_fault_is_refused_for_that_alone(desk):
    with pytest.raises(MoveRefused) as refusal:
        submit(desk, desk.sound(f"{ABSENT} More [@pmid:1]."))

    assert str(refusal.value) == (
        "Add to the catalogue, or correct, the cited source: pmid:1."
    )


def test_a_finding_that_needs_a_reason_is_not_submitted_without_one(desk):
    with pytest.raises(MoveRefused) as refusal:
        submit(desk, desk.sound(DOSED))

    assert str(refusal.value).startswith(f"{NEEDED} Body, “5 mg”: ")


@pytest.mark.parametrize("words", ["", "  \n "])
def test_blanks_are_no_reason(desk, words):
    summary = desk.sound(DOSED)

    with pytest.raises(MoveRefused, match=NEEDED):
        submit(desk, summary, reasons_for(summary, words))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("a" * 501, "501 characters"), ("It is\u202e so.", "The reason: ")],
)
def test_a_reason_that_nobody_could_read_is_refused(desk, words, sentence):
    summary = desk.sound(DOSED)

    with pytest.raises(MoveRefused, match=sentence):
        submit(desk, summary, reasons_for(summary, words))


def test_a_reason_is_kept_with_what_it_is_for(desk):
    summary = desk.sound(DOSED)
    submit(desk, summary, reasons_for(summary, f" {WHY}\n"))

    row = WrittenReason.objects.get()
    assert (row.code, row.field, row.words) == ("P22", "body", "5 mg")
    assert row.passage == "A study gave 5 mg of it to some of them."
    assert (row.reason, row.by, row.revision) == (WHY, desk.writer, 1)
    assert "dose" in row.message


def test_each_reason_is_in_the_log_in_front_of_its_submission(desk):
    desk.reasoned()

    acts = LogEntry.objects.order_by("-number").values_list("act", "row")
    row = WrittenReason.objects.get()
    assert [acts[0][0], acts[1]] == [
        "submit_for_review",
        ("reason", f"editorial_writtenreason:{row.pk}"),
    ]


def test_a_refused_submission_leaves_no_reason(desk):
    summary = desk.sound(f"{DOSED} They took 7 mg of the other [@gard-poh].")
    one, _ = Dossier(summary).unreasoned

    with pytest.raises(MoveRefused, match="7 mg"):
        submit(desk, summary, {one.key: WHY})

    assert not WrittenReason.objects.exists()


def test_a_reason_stands_for_the_next_submission(desk):
    summary = desk.reasoned()

    recalled = workflow.recall(summary, by=desk.writer, reason="A second look.")
    submit(desk, recalled)

    assert WrittenReason.objects.count() == 1


def test_a_passage_that_moved_keeps_its_reason(desk):
    summary = desk.reasoned()

    submit(desk, revised(desk, summary, f"{DOSE}\n\n{SOUND}"))

    assert WrittenReason.objects.count() == 1


@pytest.mark.parametrize(
    "words",
    [
        "A study gave 7 mg of it to some of them [@gard-poh].",
        "A study gave 5 mg of it to each of them [@gard-poh].",
    ],
)
def test_a_passage_that_changed_needs_a_new_reason(desk, words):
    summary = revised(desk, desk.reasoned(), f"{SOUND}\n\n{words}")

    with pytest.raises(MoveRefused, match=NEEDED):
        submit(desk, summary)


def test_a_fault_of_a_whole_field_needs_a_new_reason_with_every_change_of_it(desk):
    long = f"{SOUND_SHORT} Multidisciplinary musculoskeletal rehabilitation evaluation."
    summary = desk.draft(SOUND, short=long)
    (asked,) = Dossier(summary).unreasoned
    submitted = submit(desk, summary, {asked.key: WHY})

    assert (asked.words, asked.passage) == ("", long)
    summary = revised(desk, submitted, SOUND, f"{long[:-1]} again.")
    with pytest.raises(MoveRefused, match="Short answer: The reading grade"):
        submit(desk, summary)


def test_another_reason_takes_the_place_of_the_one_that_stood(desk):
    summary = desk.reasoned()
    (found,) = preflight.needing(Dossier(summary).findings)
    recalled = workflow.recall(summary, by=desk.writer, reason="Not said well.")

    submit(desk, recalled, {found.key: "It is what the study gave."})

    (stands,) = Dossier(fresh(summary)).reasons.values()
    assert stands.reason == "It is what the study gave."
    assert WrittenReason.objects.count() == 2


def test_a_reason_for_what_is_not_found_is_nobodys(desk):
    submit(desk, desk.sound(), {"0" * 16: WHY})

    assert not WrittenReason.objects.exists()
