import os
import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conditions import compare
from conditions.tokens import paragraphs, settled

examples = settings(
    max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "200")), deadline=None
)

REMOVED = '<del><span class="visually-hidden">removed: </span>'
ADDED = '<ins><span class="visually-hidden">added: </span>'
HIDDEN = re.compile('<span class="visually-hidden">(?:added|removed): </span>')
TAG = re.compile(r'<(?:ins|/ins|del|/del|b class="num"|/b)>')


def short(html):
    """Return the HTML without the parts that every change has alike."""
    return HIDDEN.sub("", html).replace(' class="num"', "")


def text_of(html, without):
    """Return the text that is left when what was only added, or removed, is cut out."""
    left = re.sub(f"<{without}>.*?</{without}>", "", HIDDEN.sub("", html), flags=re.S)
    left = TAG.sub("", left).replace("<br>", "\n")
    assert not re.search("[<>]", left)
    return unescape(left)


def test_changed_dose_is_shown_whole_and_said_in_words():
    assert compare.words("Take 500 mg twice.", "Take 850 mg twice.") == (
        f'Take {REMOVED}<b class="num">500</b></del>'
        f'{ADDED}<b class="num">850</b></ins> mg twice.'
    )


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("10.5 mg", "10.50 mg", "<del><b>10.5</b></del><ins><b>10.50</b></ins> mg"),
        ("500mg", "850mg", "<del><b>500</b></del><ins><b>850</b></ins>mg"),
        (
            "5 mg",
            "5 mcg",
            "5 <del><b>mg</b></del><ins><b>mcg</b></ins>",
        ),
        ("aged <5", "aged >5", "aged <del><b>&lt;5</b></del><ins><b>&gt;5</b></ins>"),
        ("p<0.05", "p>0.05", "p<del><b>&lt;</b></del><ins><b>&gt;</b></ins>0.05"),
        ("is safe", "is not safe", "is <ins><b>not</b> </ins>safe"),
        (
            "it isn\u2019t so",
            "it is so",
            "it <del><b>isn\u2019t</b></del><ins>is</ins> so",
        ),
        ("3-5 mg", "3-6 mg", "3-<del><b>5</b></del><ins><b>6</b></ins> mg"),
        ("5 mg", "5 µg", "5 <del><b>mg</b></del><ins><b>µg</b></ins>"),
        (
            "in 10 of 18",
            "in 10 to 13 of 18",
            "in 10 <ins>to <b>13</b> </ins>of 18",
        ),
        (
            "is recommended",
            "is not recommended",
            "is <ins><b>not</b> </ins>recommended",
        ),
        (
            "over <60",
            "over >60",
            "over <del><b>&lt;60</b></del><ins><b>&gt;60</b></ins>",
        ),
        (
            "5 mmol/L",
            "5 mg/dL",
            "5 <del><b>mmol/L</b></del><ins><b>mg/dL</b></ins>",
        ),
        (
            "It increases the risk.",
            "It decreases the risk.",
            "It <del><b>increases</b></del><ins><b>decreases</b></ins> the risk.",
        ),
        (
            "at least two",
            "at most two",
            "at <del><b>least</b></del><ins><b>most</b></ins> two",
        ),
        ("is safe", "is unsafe", "is <del><b>safe</b></del><ins><b>unsafe</b></ins>"),
        ("stage II", "stage III", "stage <del><b>II</b></del><ins><b>III</b></ins>"),
    ],
)
def test_change_of_number_unit_sign_or_negation_stands_out(old, new, html):
    assert short(compare.words(old, new)) == html


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("", "", ""),
        ("same", "same", "same"),
        ("", "new", "<ins>new</ins>"),
        ("old", "", "<del>old</del>"),
        ("a b", "a b c", "a b<ins> c</ins>"),
        ("a b c", "a b", "a b<del> c</del>"),
        ("a  b", "a b", "a <del> </del>b"),
        ("a b\nc", "a b\nc d", "a b<br>c<ins> d</ins>"),
        ("a b", "a b\nc", "a b<ins><br>c</ins>"),
        ("a\r\nb", "a\nb", "a<br>b"),
        ("<i>a</i>", "<i>b</i>", "&lt;i&gt;<del>a</del><ins>b</ins>&lt;/i&gt;"),
    ],
)
def test_words_that_stay_are_left_unmarked(old, new, html):
    assert short(compare.words(old, new)) == html


def test_rewritten_sentence_is_one_change_and_not_many():
    old = "The drug helps most children, and is safe in adults."
    new = "Few side effects were seen, and hardly anyone left early."

    shown = short(compare.words(old, new)).replace("<b>most</b>", "most")
    assert shown == f"<del>{old[:-1]}</del><ins>{new[:-1]}</ins>."


def test_number_that_stayed_in_a_rewritten_sentence_is_not_marked():
    old = "We gave each of them 40 mg at the first visit"
    new = "Adults had received over 40 mg for quite some time"

    assert short(compare.words(old, new)) == (
        "<del>We gave each of them</del><ins>Adults had received over</ins> 40 mg "
        "<del>at the first visit</del><ins>for quite some time</ins>"
    )


def test_blank_lines_do_not_tie_unlike_paragraphs_together():
    old = "Bone forms in muscle.\n\nIt is rare."
    new = "Quite new.\n\nBone forms in tendon.\n\nIt is common."

    assert short(compare.words(old, new)) == (
        "<ins>Quite new.<br><br></ins>"
        "Bone forms in <del>muscle</del><ins>tendon</ins>.<br><br>"
        "It is <del>rare</del><ins>common</ins>."
    )


def test_text_of_many_words_in_one_line_is_shown_as_one_change():
    old, new = "old " * 10_001, "new old " * 10_001

    assert short(compare.words(old, new)) == (
        f"<del>{old[:-1]}</del><ins>{new[:-1]}</ins> "
    )


def test_long_text_is_compared_word_by_word_within_its_lines():
    old = "\n".join(f"Line {n} says 5 mg." for n in range(5_000))
    new = old.replace("Line 2500 says 5 mg.", "Line 2500 says 6 mg.")

    html = short(compare.words(old, new))

    assert html == old.replace("\n", "<br>").replace(
        "Line 2500 says 5 mg.",
        "Line 2500 says <del><b>5</b></del><ins><b>6</b></ins> mg.",
    )


def test_passages_are_paired_by_likeness_around_an_inserted_one():
    old = "Bone forms in muscle.\n\nIt is rare.\n\nTake 500 mg daily."
    new = "Quite new.\n\nBone forms in tendon.\n\nIt is rare.\n\nTake 850 mg daily."

    found = [
        (p.kind, short(p.html), p.words_changed) for p in compare.passages(old, new)
    ]

    assert found == [
        ("added", "<ins>Quite new.</ins>", 2),
        ("changed", "Bone forms in <del>muscle</del><ins>tendon</ins>.", 1),
        ("same", "It is rare.", 0),
        ("changed", "Take <del><b>500</b></del><ins><b>850</b></ins> mg daily.", 1),
    ]


def test_unlike_passages_are_removed_and_added():
    found = compare.passages("Bone forms in muscle.", "No treatment\nis known.")

    assert [(p.kind, short(p.html), p.words_changed) for p in found] == [
        ("removed", "<del>Bone forms in muscle.</del>", 4),
        ("added", "<ins><b>No</b> treatment<br>is known.</ins>", 4),
    ]


def test_sign_that_changed_counts_as_a_word():
    (passage,) = compare.passages("p < 0.05 in all", "p > 0.05 in all")

    assert (passage.kind, passage.words_changed) == ("changed", 1)


@pytest.mark.parametrize(
    ("old", "new", "notable"),
    [
        ("Take 5 mg now.", "Take 50 mg now.", True),
        ("It is safe now.", "It is not safe now.", True),
        ("It is safe now.", "It is unsafe now.", True),
        ("It is safe now.", "It is good now.", False),
        ("Take 5 mg now.", "Take 5 mg here.", False),
        ("", "Take 5 mg now.", True),
        ("It never stops.", "", True),
        ("It never stops.", "It never stops.", False),
    ],
)
def test_a_passage_says_whether_a_figure_or_a_negation_changed(old, new, notable):
    (passage,) = compare.passages(old, new)

    assert (passage.notable, passage.old, passage.new) == (notable, old, new)


def test_texts_without_words_have_no_passages():
    assert compare.passages("", " \n\n ") == []


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("a", "a", False),
        ("a\r\nb", "a\nb", False),
        ("Me\u0301nie\u0300re", "Ménière", False),
        ("a", "a ", True),
        ("5 mg", "5 mcg", True),
    ],
)
def test_texts_are_changed_when_a_signature_would_not_cover_both(old, new, differs):
    assert compare.changed(old, new) == differs


FRAGMENTS = st.sampled_from(
    [
        *(
            "the",
            "dose",
            "is",
            "not",
            "500",
            "850",
            "10.5",
            "10.50",
            "mg",
            "<",
            ">",
            "-",
        ),
        *(
            "%",
            ".",
            ",",
            " ",
            " ",
            " ",
            "  ",
            "\n",
            "\n\n",
            "<b>",
            "&amp;",
            "½",
            "_",
            "5",
        ),
    ]
)
TEXTS = st.lists(FRAGMENTS, max_size=40).map("".join) | st.text(max_size=60)


@examples
@given(old=TEXTS, new=TEXTS)
@example(old="a b \n c", new="a  b\nc ")
def test_nothing_of_either_text_is_lost(old, new):
    html = compare.words(old, new)

    assert text_of(html, without="ins") == settled(old)
    assert text_of(html, without="del") == settled(new)


@examples
@given(old=TEXTS, new=TEXTS)
def test_no_paragraph_of_either_text_is_lost(old, new):
    found = compare.passages(old, new)

    before = [text_of(p.html, "ins") for p in found if p.kind != "added"]
    after = [text_of(p.html, "del") for p in found if p.kind != "removed"]

    assert (before, after) == (paragraphs(settled(old)), paragraphs(settled(new)))


@examples
@given(old=TEXTS, new=TEXTS)
def test_no_change_begins_or_ends_within_a_number(old, new):
    html = HIDDEN.sub("", compare.words(old, new))
    beside = r'</?(?:ins|del)>(?:<b class="num">)?|</b>(?=</(?:ins|del)>)'

    for side in ("ins", "del"):
        one_text = re.sub(f"<{side}>.*?</{side}>", "", html, flags=re.S)
        edges = re.sub(f"(?:{beside})+", "\0", one_text)
        assert not re.search("\\d\0\\d", edges)


@examples
@given(text=TEXTS)
def test_text_beside_itself_has_no_changes(text):
    assert "<ins>" not in compare.words(text, text)
    assert {p.kind for p in compare.passages(text, text)} <= {"same"}
