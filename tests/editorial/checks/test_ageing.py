"""Words of now, and statements that hold for a time."""

from datetime import date

import pytest

from editorial.checks.finding import Severity
from tests.editorial.checks.building import findings, found, severities


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("There is no cure for FOP.", ["There is no cure"]),
        (
            "There is currently no approved treatment.",
            ["There is currently no approved treatment"],
        ),
        ("No medicine is approved for FOP.", ["No medicine is approved"]),
        ("FOP has no known cure.", ["has no known cure"]),
        ("It is not yet approved in Japan.", ["is not yet approved"]),
        ("No trial is open in Europe.", ["No trial is open"]),
        (
            "The trial of this medicine is recruiting.",
            ["trial of this medicine is recruiting"],
        ),
        ("Several ongoing trials test it.", ["ongoing trials"]),
        ("About 900 people worldwide have it.", ["900 people worldwide"]),
        (
            "Some 1,200 families have been described.",
            ["1,200 families have been described"],
        ),
    ],
)
def test_what_holds_for_a_time_says_as_of_when(body, words):
    assert found("P10", body=body) == words
    assert severities("P10", body=body) == [Severity.BLOCKS]


@pytest.mark.parametrize(
    "body",
    [
        "As of November 2026, there is no cure for FOP.",
        "As of 3 November 2026, no medicine is approved. No trial is open.",
        "As of November 2026:\n\n- There is no cure.\n- No trial is open.",
        "No medicine is free of side effects.",
        "If there is no treatment, a team can still help.",
        "Ask whether the trial is recruiting.",
        "Is there no cure?",
        "In 2019 there was no trial.",
        "No trial can promise that you get better.",
        "A study of 2017 said that 900 people worldwide had been found.",
    ],
)
def test_what_is_dated_or_states_nothing_is_none(body):
    assert found("P10", body=body) == []


@pytest.mark.parametrize(
    ("body", "late"),
    [
        ("As of May 2026, there is no cure.", False),
        ("As of 20 May 2026, there is no cure.", True),
        ("As of August 2026, the trial is recruiting.", False),
        ("As of 20 August 2026, the trial is recruiting.", True),
        ("As of 2026-08-20, the trial is recruiting.", True),
    ],
)
def test_each_kind_lapses_after_its_months(body, late):
    told = [one.message for one in findings("P10", body=body)]

    assert any("check it, and write the new date" in one for one in told) == late


def test_the_next_review_is_not_after_the_first_lapse():
    body = "As of 1 November 2026, the trial is recruiting."

    assert found("P10", body=body, next_review_due=date(2027, 2, 1)) == []
    (one,) = findings("P10", body=body, next_review_due=date(2027, 2, 2))
    assert "by 1 February 2027" in one.message


@pytest.mark.parametrize(
    "body", ["FOP affects 1 in a million.", "It is seen in 2 per million births."]
)
def test_a_rate_without_a_date_is_warned_of(body):
    assert severities("P10", body=body) == [Severity.WARNS]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Recent work helps.", ["Recent"]),
        ("It is currently studied.", ["currently"]),
        ("A new approach is tried.", ["new"]),
        ("To date, it is rare.", ["To date"]),
    ],
)
def test_a_word_of_now_is_warned_of(body, words):
    assert found("P12", body=body) == words
    assert severities("P12", body=body) == [Severity.WARNS]


@pytest.mark.parametrize(
    "body",
    [
        "As of November 2026, it is currently studied.",
        "A recent paper of 2024 tells more.",
        "It sets off new bone.",
        "Renewed care helps.",
        "Call as soon as it hurts.",
    ],
)
def test_a_dated_sentence_may_say_now(body):
    assert found("P12", body=body) == []


def test_many_words_of_now_need_a_reason():
    body = "Recent, current and ongoing work is new."

    assert severities("P12", body=body) == [Severity.REASON] * 4
