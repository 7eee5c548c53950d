import os
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editorial import merging
from editorial.merging import BOTH, KEPT, STANDING

examples = settings(
    max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "200")), deadline=None
)
HEADING, DOSE, CARE = "## What helps", "Take 5 mg at night.", "Physiotherapy helps."
LIST = "- rest\n- ice\n- warmth"
TABLE = "| Drug | Dose |\n| --- | --- |\n| A | 5 mg |"
BASE = f"{HEADING}\n\n{DOSE}\n\n{CARE}"

BLOCKS = st.sampled_from(
    [
        *(HEADING, DOSE, CARE, LIST, TABLE, "Take 10 mg at night.", "> As they said."),
        *("Take 5 mg in the morning.", "- rest\n- warmth", "1. first", "  indented"),
        *("a", "b"),
    ]
)
TEXTS = st.lists(BLOCKS, max_size=8).flatmap(
    lambda blocks: st.sampled_from(["\n\n", "\r\n\r\n", "\n \n\n"]).map(
        lambda blank: blank.join(blocks)
    )
)
SHORT = st.lists(
    st.sampled_from(
        ["It is rare.", "It is *rare*.", "No medicine helps!", "See Dr. B."]
    )
).map(" ".join)
BASES = st.none() | TEXTS


def differing(base, standing, kept):
    return [one for one in merging.of_body(base, standing, kept) if one.differs]


def taking(passages, choice):
    return merging.merged(passages, {one.key: choice for one in passages})


def by_default(base, standing, kept):
    return merging.merged(merging.of_body(base, standing, kept), {})


def test_what_one_side_alone_changed_is_taken_from_that_side():
    standing = BASE.replace("5 mg", "10 mg")
    kept = BASE.replace("helps.", "helps most people.")

    assert by_default(BASE, standing, kept) == standing.replace(
        "Physiotherapy helps.", "Physiotherapy helps most people."
    )


def test_what_one_side_alone_added_or_removed_is_taken_from_that_side():
    standing = f"{BASE}\n\nAsk a doctor."
    kept = f"{HEADING}\n\n{CARE}"

    assert by_default(BASE, standing, kept) == f"{HEADING}\n\n{CARE}\n\nAsk a doctor."


def test_what_both_changed_differently_has_no_default():
    standing, kept = BASE.replace("5 mg", "10 mg"), BASE.replace("5 mg", "2 mg")

    (one,) = differing(BASE, standing, kept)

    assert (one.base, one.standing, one.kept) == (
        DOSE,
        "Take 10 mg at night.",
        "Take 2 mg at night.",
    )
    assert (one.default, one.choices) == ("", (STANDING, KEPT, BOTH))
    assert merging.undecided([one], {}) == [one]


def test_what_both_changed_alike_is_no_question():
    both = BASE.replace("5 mg", "10 mg")

    assert differing(BASE, both, both) == []
    assert by_default(BASE, both, both) == both


@pytest.mark.parametrize("side", [STANDING, KEPT])
def test_what_one_side_removed_and_the_other_changed_has_no_default(side):
    texts = {STANDING: BASE.replace("5 mg", "10 mg"), KEPT: f"{HEADING}\n\n{CARE}"}
    if side == STANDING:
        texts = {STANDING: texts[KEPT], KEPT: texts[STANDING]}

    (one,) = differing(BASE, **texts)

    assert (one.default, one.choices) == ("", (STANDING, KEPT))
    assert one.taken(side) == []


def test_both_stand_one_after_the_other():
    standing, kept = BASE.replace("5 mg", "10 mg"), BASE.replace("5 mg", "2 mg")
    found = merging.of_body(BASE, standing, kept)

    assert taking(found, BOTH) == (
        f"{HEADING}\n\nTake 10 mg at night.\n\nTake 2 mg at night.\n\n{CARE}"
    )


def test_two_unlike_additions_at_one_place_are_both_taken():
    standing, kept = f"{BASE}\n\nAsk a doctor.", f"{BASE}\n\nWear a bracelet."

    assert by_default(BASE, standing, kept) == f"{standing}\n\nWear a bracelet."


def test_an_addition_that_both_made_stands_once():
    standing = f"{HEADING}\n\nAsk a doctor.\n\n{CARE}"  # and the dose is gone
    kept = f"{HEADING}\n\nAsk a doctor.\n\n{DOSE}\n\n{CARE}"

    assert by_default(BASE, standing, kept) == standing


def test_a_passage_written_anew_by_both_is_one_question():
    standing, kept = BASE.replace(DOSE, "Sleep."), BASE.replace(DOSE, "Eat well.")

    (one,) = differing(BASE, standing, kept)

    assert (one.base, one.standing, one.kept) == (DOSE, "Sleep.", "Eat well.")


@pytest.mark.parametrize("whole", [LIST, TABLE, "1. one\n\n2. two\n\n   more of two"])
def test_a_list_or_a_table_is_one_passage(whole):
    standing, kept = whole.replace("s", "z") + "\n", whole.replace("o", "0")

    found = merging.of_body(whole, standing, kept)

    assert len(found) == 1


def test_nothing_is_taken_by_itself_where_the_base_is_not_known():
    found = differing(None, BASE, f"{BASE}\n\n{LIST}")

    assert [(one.default, one.choices) for one in found] == [("", (STANDING, KEPT))]


def test_short_answers_of_one_paragraph_are_merged_sentence_by_sentence():
    base = "POH is rare. No medicine stops it. Care aims at symptoms."
    standing = base.replace("rare", "very rare")
    kept = base.replace("Care", "Good care")

    found = merging.of_short_answer(base, standing, kept)

    assert merging.merged(found, {}) == (
        "POH is very rare. No medicine stops it. Good care aims at symptoms."
    )


@pytest.mark.parametrize(
    "base", ["*It is rare. It is* slow.", "It is.\nIt was.", "A.\n\nB."]
)
def test_short_answers_that_cannot_be_parted_into_sentences_stay_whole(base):
    found = merging.of_short_answer(base, base + " Now.", base)

    assert merging.merged(found, {}) == base + " Now."
    assert {one.joint for one in found} == {"\n\n"}


@pytest.mark.parametrize(
    ("base", "standing", "kept", "default"),
    [
        *(("a", "b", "a", STANDING), ("a", "a", "b", KEPT), ("a", "b", "c", "")),
        *((None, "a", "b", ""), ("", "a", "", STANDING), ("a", "b", "b", "")),
    ],
)
def test_a_field_is_taken_from_one_text(base, standing, kept, default):
    one = merging.of_field("drafting_note", base, standing, kept)

    assert one.default == default
    assert one.choices == ((STANDING, KEPT) if standing != kept else ())


@pytest.mark.parametrize("choice", [BOTH, "neither", "", "\x00"])
def test_a_choice_that_is_not_offered_chooses_nothing(choice):
    one = merging.of_field("drafting_note", "a", "b", "c")

    assert merging.undecided([one], {one.key: choice}) == [one]


def test_keys_of_passages_outlive_a_change_elsewhere():
    standing, kept = BASE.replace("5 mg", "10 mg"), BASE.replace("5 mg", "2 mg")
    (before,) = differing(BASE, standing, kept)

    after = differing(BASE, standing.replace(CARE, "Rest helps."), kept)

    assert [one.key for one in after if not one.default] == [before.key]


def test_equal_differences_have_a_key_each():
    found = differing(None, "a\n\nb\n\na\n\nb", "b")

    assert len({one.key for one in found}) == len(found) == 3


@examples
@given(BASES, TEXTS, TEXTS)
@example("a\n\nb\n\nc", "x\n\nb\n\ny", "b\n\nx\n\nb\n\nc")
def test_taking_one_side_throughout_gives_that_text(base, standing, kept):
    found = merging.of_body(base, standing, kept)

    assert taking(found, STANDING) == merging.normalised(standing)
    assert taking(found, KEPT) == merging.normalised(kept)


@examples
@given(st.none() | SHORT, SHORT, SHORT)
def test_taking_one_short_answer_throughout_gives_it(base, standing, kept):
    found = merging.of_short_answer(base, standing, kept)

    assert taking(found, STANDING) == standing
    assert taking(found, KEPT) == kept


@examples
@given(TEXTS, TEXTS)
def test_a_text_that_only_one_side_changed_needs_no_choice(base, changed):
    wanted = merging.normalised(changed)

    assert by_default(base, changed, base) == wanted
    assert by_default(base, base, changed) == wanted
    assert by_default(base, changed, changed) == wanted


def test_more_differences_than_a_form_holds_are_one_choice():
    standing = "\n\n".join(f"one {n}" for n in range(merging.MOST + 1))
    kept = "\n\n".join(f"two {n} more" for n in range(merging.MOST + 1))

    (one,) = merging.of_body("", standing, kept)

    assert (one.standing, one.kept, one.default) == (standing, kept, "")


@pytest.mark.parametrize("word", ["a", "word number {} of many"])
def test_texts_of_the_greatest_length_are_merged_in_bounded_time(word):
    def text(shift):
        words = [word.format(n * shift % 977) for n in range(200_000 // len(word) // 2)]
        return "\n\n".join(words)[:200_000]

    begun = time.process_time()
    merging.of_body(text(1), text(2), text(3))

    assert time.process_time() - begun < 20  # seconds; about 3 on a slow machine
