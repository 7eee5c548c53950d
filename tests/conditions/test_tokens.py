import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conditions import tokens

examples = settings(
    max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "200")), deadline=None
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("10.50 mg", ["10.50", "mg"]),
        ("1,000mg", ["1,000", "mg"]),
        ("95% CI", ["95%", "CI"]),
        ("age ≥18", ["age", "≥18"]),
        ("p<0.05", ["p", "<", "0.05"]),
        ("3-5 mg", ["3", "-", "5", "mg"]),
        ("at \u22125 °C", ["at", "\u22125", "°", "C"]),
        (".5 mg/kg", [".5", "mg/kg"]),
        ("end.5", ["end", ".", "5"]),
        ("10\u2076 cells", ["10\u2076", "cells"]),
        ("2½", ["2½"]),
        ("p.Arg206His", ["p", ".", "Arg206His"]),
        ("don't well-known", ["don't", "well-known"]),
        ("_500_", ["_", "500", "_"]),
        ("a\n\nb", ["a", "\n", "\n", "b"]),
        ("  a", ["", "a"]),
        ("", []),
    ],
)
def test_numbers_and_words_stay_whole(text, keys):
    assert [token.key for token in tokens.tokens(text)] == keys


@examples
@given(text=st.text())
def test_tokens_joined_are_the_text(text):
    assert "".join(map("".join, tokens.tokens(text))) == text


@examples
@given(text=st.text())
def test_lines_joined_are_the_text(text):
    assert "".join(tokens.lines(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("500", "10.5%", "<5", "-3", "1,000", "NCT03312634", "2nd", "twice", "Three"),
        *("mg", "mcg", "µg", "ML", "IU", "%", "years", "month", "≥", "<"),
        *("no", "Not", "never", "without", "doesn't", "isn\u2019t", "cannot", "nor"),
        *("mmol/L", "mg/kg/day", "m²", "°C", "pmol", "weekly", "tablets", "Litre"),
        *("unless", "contraindicated", "absence", "avoid", "negative", "positive"),
        *("more", "fewer", "least", "above", "before", "increases", "reduced", "fall"),
        *("thirteen", "half", "II", "IX", "×", "="),
    ],
)
def test_what_alters_a_dose_or_a_sense_is_notable(text):
    assert tokens.notable_parts(f"the {text} of") == ["the ", text, " of"]


@pytest.mark.parametrize("text", ["grammar", "note", "knot", "and", "_a_", "into", "X"])
def test_other_words_are_not_notable(text):
    assert not tokens.is_notable(text)


@pytest.mark.parametrize("text", ["[@pmid:16642017]", "; @nct:NCT03312634] and"])
def test_the_number_of_a_source_is_no_figure(text):
    assert tokens.notable_parts(f"so {text} and 5") == [f"so {text} and ", "5", ""]


@examples
@given(text=st.text(), other=st.text())
def test_notable_parts_joined_are_the_text(text, other):
    assert "".join(tokens.notable_parts(text, other)) == text


@pytest.mark.parametrize(
    ("word", "opposite"),
    [
        ("safe", "unsafe"),
        ("Indicated", "contraindicated"),
        ("possible", "impossible"),
        ("specific", "non-specific"),
        ("likely", "unlikely"),
        ("regular", "irregular"),
    ],
)
def test_a_word_is_notable_beside_its_opposite_by_a_prefix(word, opposite):
    assert tokens.notable_parts(f"is {word} now", f"is {opposite}") == [
        "is ",
        word,
        " now",
    ]
    assert tokens.is_notable(opposite, f"so {word}")


@pytest.mark.parametrize(("word", "other"), [("into", "to"), ("safe", "safer")])
def test_words_that_only_look_alike_are_not_opposites(word, other):
    assert not tokens.is_notable(word, other)


def test_blank_lines_part_paragraphs():
    assert tokens.paragraphs("\n\na\nb\n \t\n\nc\n") == ["a\nb", "c"]


def test_line_ends_and_accents_are_settled():
    assert tokens.settled("Me\u0301nie\u0300re\r\na\rb") == "Ménière\na\nb"


def test_vocabulary_holds_each_word_once():
    assert tokens.vocabulary("The bone, the Bone.") == {"the", "bone"}
