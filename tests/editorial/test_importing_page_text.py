"""The text of a page, taken apart into short answer, question and body."""

import os
import re
from pathlib import Path

import pytest

from conditions import markup
from editorial.importing import ImportProblem, read
from editorial.importing.files import walk

PAGE = Path(__file__).parent / "pages" / "research.txt"
SHORT = (
    "Amber vessel syndrome (AVS) is an inherited disorder in which small blood vessels "
    "harden early in life. There is no cure yet, but two trials have begun, and care "
    "is moving from easing symptoms towards slowing the disease."
)
ASKED = "What are the most promising research directions for amber vessel syndrome?"
OPENING = "Work on amber vessel syndrome now aims at the body’s own brake on hardening."


@pytest.fixture
def parse(tmp_path):
    def parsed(text):
        path = tmp_path / "page.txt"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read(path)

    return parsed


def refusal(parse, text):
    with pytest.raises(ImportProblem) as caught:
        parse(text)
    return str(caught.value)


def test_first_paragraph_is_taken_apart():
    draft = read(PAGE)

    assert draft.text["short_answer"] == SHORT
    assert draft.subject.question == ASKED


def test_body_holds_each_paragraph_once_and_no_disclaimer():
    body = read(PAGE).text["body"]

    assert [p.split(" ")[0] for p in body.split("\n\n")] == [
        "Work",
        "A",
        "With",
        "Trials",
    ]
    assert body.count(OPENING) == 1
    assert body.endswith("To stay informed, people can:")


def test_opening_that_is_not_repeated_begins_the_body(parse):
    draft = parse("Rett syndrome is rare. What is Rett syndrome? A disorder.\nMore.\n")

    assert draft.text == {
        "short_answer": "Rett syndrome is rare.",
        "body": "A disorder.\n\nMore.",
    }


def test_line_of_labels_may_be_missing(parse):
    text = PAGE.read_text("utf-8").split("\n", 1)[1]

    draft = parse(text)

    assert draft.text == read(PAGE).text
    assert draft.reason == "Imported from page.txt."


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ("Short answer", "Imported from page.txt."),
        (
            "Last updated: May",
            "Imported from page.txt, which claims “Last updated: May”.",
        ),
    ],
)
def test_part_of_the_line_of_labels_may_be_missing(parse, labels, reason):
    assert parse(f"{labels}\nRett is rare. What is Rett? A.\n").reason == reason


def test_question_in_the_short_answer_is_told_from_the_one_asked(parse):
    short = "Rett syndrome (RS) is rare. Can it be cured? Not yet."

    draft = parse(f"{short} How is Rett syndrome treated? With care.\n{short}\nB.\n")

    assert (draft.text["short_answer"], draft.subject.question) == (
        short,
        "How is Rett syndrome treated?",
    )


def test_two_questions_with_no_way_to_choose_are_refused(parse):
    assert refusal(parse, "A is rare. Why? So. What is A? B.\n") == (
        "Line 1: several sentences end in “?”; repeat the short answer in a line of "
        "its own, so that the question can be told from it."
    )


@pytest.mark.parametrize(
    "words",
    [
        "- a dash that opens a line",
        "1. The first trial",
        "## not a heading",
        "> quoted words",
        "a *star* and an _underscore_",
        "2*3*4 mg, p<0.05 & n>60",
        "see [1] and [@pmid:1] and [x](https://example.org/)",
        "back\\slash \\* and | bar |",
        "**",
        "2019. The trial began",
        "* the key of a footnote",
        "&gt; &amp; <b>bold</b>",
        "5\N{NO-BREAK SPACE}mg",
    ],
)
def test_plain_words_are_shown_as_they_are(parse, words):
    draft = parse(f"Rett is rare. What is Rett? One.\n{words}\n")

    paragraph = draft.text["body"].split("\n\n")[1]
    html = markup.render(paragraph, {}).strip()
    assert html.startswith("<p>")
    assert html.count("<") == 2
    assert markup.to_text(paragraph).split() == words.split()


def test_words_that_need_no_escape_are_left_as_they_are(parse):
    draft = parse("Rett is rare. What is Rett? One.\n2*3*4 mg at 5 - 10 % (n=3)\n")

    assert draft.text["body"] == "One.\n\n2*3*4 mg at 5 - 10 % (n=3)"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(parse, end):
    assert parse(PAGE.read_text("utf-8").replace("\n", end)).text == read(PAGE).text


def test_byte_order_mark_is_accepted(parse):
    assert parse(b"\xef\xbb\xbf" + PAGE.read_bytes()).text == read(PAGE).text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("page.doc", "only .txt and .md files are read; this is another."),
        ("folder.txt", "this is not a file that can be read."),
        ("pipe.txt", "this is not a file that can be read."),
        ("nothing.txt", "there is no such file; check the path."),
        ("a\0b.txt", "there is no such file; check the path."),
        (f"{'a' * 300}.txt", "there is no such file; check the path."),
    ],
)
def test_path_that_cannot_be_read_is_refused(tmp_path, name, sentence):
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")

    with pytest.raises(ImportProblem, match=f"^{re.escape(sentence)}$"):
        read(tmp_path / name)

    assert list(walk([tmp_path / name])) == (
        [] if "folder" in name else [tmp_path / name]
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file holds no text; check that it is the right one."),
        ("\n\nWords.\n", "Line 3: no question is found; write it after the short "
         "answer, ending in “?”."),
        (f"A is. What is {'a' * 300}? B.\n", "Line 1: the question would have 309 "
         "characters; end the sentence before it with a full stop."),
        ("What is Rett? One.\n", "Line 1: write the short answer before the question."),
        ("A is. What is A? B.\nMedical disclaimer: x.\nMore.\n",
         "Line 3: words stand under the medical disclaimer; move them above it."),
        ("A.\nB\0C\n", "Line 2: delete the invisible control character U+0000."),
        (b"A.\nB\xe9\n", "Line 2: byte 0xE9 is not UTF-8; save the file as UTF-8."),
        ("A is. What is A? B.\nsoft\u00adhyphen\n",
         "Line 2: the character U+00AD after “soft” cannot be seen on a page; type "
         "these words again."),
        ("x" * 1024 * 1024 + "x", "the file is over 1 MB; no summary is that long."),
    ],
)  # fmt: skip
def test_bad_page_text_is_refused_in_a_sentence(parse, text, sentence):
    assert refusal(parse, text) == sentence
