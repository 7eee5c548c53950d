"""Disclaimers, placeholders, broken letters and brackets, odd letters."""

import pytest

from editorial.checks.finding import Severity
from tests.editorial.checks.building import found, severities


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Medical disclaimer: see a doctor.", ["Medical disclaimer"]),
        ("This is no medical advice.", ["medical advice"]),
        ("It is for Educational  Purposes only.", ["Educational  Purposes"]),
    ],
)
def test_a_disclaimer_of_its_own_is_found(body, words):
    assert found("P16", body=body) == words


@pytest.mark.parametrize(
    "body",
    [
        "Ask a doctor for advice about vaccines.",
        "Schools have an educational plan for each child.",
    ],
)
def test_advice_is_no_disclaimer(body):
    assert found("P16", body=body) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Ask about TODO next.", ["TODO"]),
        ("Lorem ipsum dolor.", ["Lorem ipsum"]),
        ("The bodyâ€™s repair.", ["â€™"]),
        ("Dear {name}, rest.", ["{name}"]),
        ("It is rare \\[citation needed].", ["[citation needed]"]),
        ("It is rare \\[3].", ["[3]"]),
        ("It is rare () here.", ["()"]),
        ("Fish &amp; chips.", ["&amp;"]),
        ("It is (rare.", ["("]),
        ("It is rare) here.", [")"]),
        ("She said “rest.", ["“"]),
    ],
)
def test_what_copying_leaves_is_found(body, words):
    assert found("P27", body=body) == words


@pytest.mark.parametrize(
    "body",
    [
        "It is rare (very) and “mild” [@pmid:16642017].",
        "Two ways: a) rest, b) call.",
        "Levels of 3 < 4 and 5 > 4 are told.",
        "It went to Tokyo and to Todmorden.",
        "See [the register](https://example.org/a_(b)).",
    ],
)
def test_whole_words_and_brackets_are_no_left_overs(body):
    assert found("P27", body=body) == []


def test_two_blanks_are_warned_of():
    assert found("P27", body="It is  rare.") == ["  "]
    assert severities("P27", body="It is  rare.") == [Severity.WARNS]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("The gen\u0435 is one.", ["\u0435"]),
        ("A do\u200cse.", ["\u200c"]),
    ],
)
def test_a_letter_that_is_another_is_found(body, words):
    assert found("P33", body=body) == words


@pytest.mark.parametrize("body", ["α-actin and β.", "Dr Müller and Łukasz said so."])
def test_greek_and_accents_are_left_alone(body):
    assert found("P33", body=body) == []
