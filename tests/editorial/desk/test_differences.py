import re

import pytest

from editorial import merging
from editorial.desk.text.differences import Sheet

LONG = [f"Passage {n} of a text in which nothing else was changed." for n in range(9)]


def shown(base, standing, kept, choices=None, *, asked=False):
    sheet = Sheet(choices or {}, asked=asked)
    return sheet.text(merging.of_body(base, standing, kept)), sheet


def joined(*blocks):
    return "\n\n".join(blocks)


@pytest.mark.parametrize(
    ("base", "standing", "kept", "title", "mark"),
    [
        ("a", "b", "a", "only the text that stands changed it", "±"),
        ("a", "a", "b", "only the kept text changed it", "±"),
        ("", "b", "", "only the text that stands added it", "+"),
        ("", "", "b", "only the kept text added it", "+"),
        ("a", "", "a", "only the text that stands removed it", "−"),
        ("a", "a", "", "only the kept text removed it", "−"),
        ("a", "b", "c", "both changed it, not alike", "±"),
        ("", "b", "c", "both added it, not alike", "+"),
        (
            "a",
            "",
            "b",
            "the text that stands removed it, the kept text changed it",
            "±",
        ),
        (
            "a",
            "b",
            "",
            "the kept text removed it, the text that stands changed it",
            "±",
        ),
        (None, "a", "b", "the two texts differ", "±"),
        (None, "", "b", "only the kept text has it", "±"),
        (None, "a", "", "only the text that stands has it", "±"),
    ],
)
def test_a_difference_says_who_did_what(base, standing, kept, title, mark):
    ((one,), _) = shown(base, standing, kept)

    assert (one["title"], one["mark"]) == (f"Passage 1: {title}", mark)


@pytest.mark.parametrize(
    ("base", "standing", "kept", "notes"),
    [
        ("a", "b", "a", ["", "As it was."]),
        ("a", "", "b", ["Removed.", ""]),
        ("", "b", "", ["", "Not in this text."]),
        (None, "", "b", ["Not in this text.", ""]),
        ("a", "b", "c", ["", "", ""]),
    ],
)
def test_each_choice_says_what_it_takes(base, standing, kept, notes):
    ((one,), _) = shown(base, standing, kept)

    assert [option["note"] for option in one["options"]] == notes


def test_each_side_is_marked_against_what_both_began_with():
    ((one,), _) = shown("Take 5 mg.", "Take 10 mg.", "Take 2 mg.")

    assert [re.sub("<[^>]+>", "", option["html"]) for option in one["options"]] == [
        "Take removed: 5added: 10 mg.",
        "Take removed: 5added: 2 mg.",
        "",
    ]


def test_without_a_base_the_kept_side_is_marked_against_the_other():
    ((one,), _) = shown(None, "Take 5 mg.", "Take 2 mg.")

    assert [re.sub("<[^>]+>", "", option["html"]) for option in one["options"]] == [
        "Take 5 mg.",
        "Take removed: 5added: 2 mg.",
        "",
    ]


def test_a_long_run_of_equal_passages_is_folded_but_for_its_ends():
    base = joined("x", *LONG, "y")

    passages, _ = shown(base, base.replace("x\n", "x now\n"), base[:-1] + "y then")

    run = passages[1]
    assert (run["above"], run["below"], run["count"]) == (LONG[0], LONG[-1], 7)
    assert run["folded"] == joined(*LONG[1:-1])


def test_equal_passages_at_an_end_are_open_next_to_the_change_alone():
    base = joined(*LONG, "y", *LONG)

    first, _, last = shown(base, base.replace("y\n", "y now\n"), base)[0]

    assert (first["above"], first["below"], first["count"]) == ("", LONG[-1], 8)
    assert (last["above"], last["below"], last["count"]) == (LONG[0], "", 8)


def test_a_short_run_is_open():
    passages, _ = shown("a\n\nb\n\nc", "a\n\nb\n\nd", "a\n\nb\n\nc")

    assert passages[0] == {"kind": "same", "above": "a\n\nb"}


def test_what_both_changed_alike_is_shown_without_a_question():
    ((one,), _) = shown("Take 5 mg.", "Take 2 mg.", "Take 2 mg.")

    assert (one["kind"], one["mark"]) == ("alike", "±")


def test_only_what_was_asked_for_and_not_chosen_is_missing():
    (one,) = (p for p in merging.of_body("a", "b", "c") if p.differs)

    missing = [
        shown("a", "b", "c", choices, asked=asked)[1].undecided != []
        for choices, asked in (({}, False), ({}, True), ({one.key: "both"}, True))
    ]

    assert missing == [False, True, False]


def test_a_hostile_word_is_shown_as_it_is_written():
    ((one,), _) = shown("a", "<script>", "<b>")

    assert "<script>" not in "".join(option["html"] for option in one["options"])
