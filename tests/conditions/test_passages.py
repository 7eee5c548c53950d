"""What is shown of an answer that was found."""

import pytest

from conditions import passages
from conditions.markup import MarkupError

SHORT = "A *rare* disorder."
BODY = (
    "## A heading with zinc\n\nMost inherit it [@pmid:1].\n\n"
    "- some take zinc\n- some take zinc and iron\n\nThe end."
)


def shown(stems, body=BODY, short=SHORT):
    found = passages.passage({"short_answer": short, "body": body}, set(stems))
    return "".join(f"<{part}>" if is_ else part for part, is_ in found)


@pytest.mark.parametrize(
    ("stems", "text"),
    [
        (["rare"], "A <rare> disorder."),
        (["elsewhere"], "A rare disorder."),
        (["inherit"], "Most <inherit> it."),
        (["zinc"], "- some take <zinc> - some take <zinc> and iron"),
        (["rare", "zinc", "iron"], "- some take <zinc> - some take <zinc> and <iron>"),
        (["disord", "inherit"], "A rare <disorder>."),
    ],
)
def test_it_is_the_short_answer_or_what_has_more_of_the_words(stems, text):
    assert shown(stems) == text


def test_a_long_one_is_cut_between_words_around_the_first_that_was_found():
    body = f"{'before ' * 60}zinc {'after ' * 60}"

    text = shown(["zinc"], body)

    assert text.startswith("… before ")
    assert text.endswith(" after …")
    assert "<zinc>" in text
    assert len(text) < passages.LONGEST + 10


def test_a_word_without_blanks_is_shown_in_part():
    assert len(shown(["x"], short="x" * 5000)) < passages.LONGEST + 10


def test_a_passage_that_alone_is_no_text_gives_way_to_the_short_answer():
    assert shown(["zinc"], "Some take zinc.\u202e") == "A rare disorder."


def test_a_short_answer_that_cannot_be_shown_is_no_answer():
    with pytest.raises(MarkupError):
        shown(["zinc"], short="a\u202eb")
