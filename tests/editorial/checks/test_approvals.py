"""Who approved or refused a medicine, and when."""

import pytest

from editorial.checks.finding import Severity
from tests.editorial.checks.building import findings, found, severities


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Palovarotene was approved.", ["was approved"]),
        ("It is approved in Japan.", ["is approved"]),
        ("It was approved in 2023.", ["was approved"]),
        (
            "While there is no cure, the approval of palovarotene helps.",
            ["approval of palovarotene"],
        ),
        ("It is the first approved medicine for FOP.", ["is the first approved"]),
        ("The FDA refused to approve it.", ["FDA refused"]),
        ("The European Union refused it.", ["Union refused"]),
        (
            "The maker received a marketing authorisation.",
            ["received a marketing authorisation"],
        ),
        ("It gave us hope that the FDA approved it.", ["FDA approved"]),
    ],
)
def test_a_decision_without_a_place_or_a_date_is_marked(body, words):
    assert found("P11", body=body) == words
    assert severities("P11", body=body) == [Severity.BLOCKS] * len(words)


@pytest.mark.parametrize(
    ("body", "lacks"),
    [
        ("It was approved in 2023.", "Say which regulator or country decided:"),
        ("It was approved in Japan.", "Say when:"),
        ("It was approved.", "Say which regulator or country decided and when:"),
        ("In 2023 it was approved for us.", "Say which regulator or country decided:"),
    ],
)
def test_it_says_what_is_missing(body, lacks):
    assert findings("P11", body=body)[0].message.startswith(lacks)


@pytest.mark.parametrize(
    "body",
    [
        "On 16 August 2023, the FDA approved it.",
        "Japan is slow. It was approved there in 2023.",
        "It was approved in Japan. That was on 3 May 2023.",
        "It is not approved.",
        "No medicine has been approved.",
        "There is no approved treatment.",
        "Was it approved?",
        "They gave it to us when it was approved.",
        "Ask if it is approved where you live.",
        "Once it is approved, a doctor may use it.",
        "A medicine is approved when its benefits outweigh its risks.",
        "Medicines are approved country by country.",
        "The study was approved by an ethics committee.",
        "An ethics board has approved the plan.",
        "You have approved the plan.",
        "A nurse is licensed to give it.",
        "Treatment needs the approval of the patient.",
        "Some people refused to take part.",
    ],
)
def test_a_dated_decision_and_other_senses_are_not(body):
    assert found("P11", body=body) == []


def test_it_is_asked_of_the_short_answer_too():
    assert found("P11", short_answer="FOP is rare. Its medicine was approved.") == [
        "was approved"
    ]


def test_a_row_is_read_together():
    table = "| Where | Status | When |\n|---|---|---|\n| {} | Approved | {} |"

    assert found("P11", body=table.format("Canada", "24 January 2022")) == []
    assert found("P11", body=table.format("Canada", "long ago")) == ["Approved"]
    assert found("P11", body=table.format("There", "24 January 2022")) == ["Approved"]


def test_a_line_is_read_with_the_list_that_it_leads_to():
    body = "The medicine was approved in two places:\n\n- {}\n- Canada, 2022"

    assert found("P11", body=body.format("Japan, 2023")) == []
    assert found("P11", body=body.replace("Canada, 2022", "here").format("there")) == [
        "was approved"
    ]


def test_another_paragraph_does_not_date_it():
    assert found("P11", body="It was approved.\n\nJapan did so in 2023.") == [
        "was approved"
    ]


def test_the_short_answer_may_sum_up_who_decided():
    words = "FOP is rare. As of November 2026, three countries had approved it."

    assert found("P11", short_answer=words) == []
    assert found("P11", body=words) == ["had approved"]
    assert found("P11", short_answer=words.replace("As of November 2026", "Now")) == [
        "had approved"
    ]
