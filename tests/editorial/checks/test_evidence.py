"""What is stated must be cited; the size of a community is not written at all."""

import pytest

from editorial.checks.finding import Severity
from tests.editorial.checks.building import found, severities

TABLE = "| Where | Count |\n|---|---|\n| France | {} |\n| Spain | {} |"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("About 900 people have FOP.", ["900 people"]),
        ("FOP affects 1 in 1 million people.", ["1 in 1"]),
        ("One in two children inherits it.", ["One in two"]),
        ("It starts late in 40% of them.", ["40%"]),
        ("It works two times as often.", ["two times as"]),
        ("Two thirds of them got better.", ["Two thirds of"]),
        ("Palovarotene was approved in 2023.", ["was approved"]),
        ("As of May 2026, it is approved in Japan.", ["is approved"]),
        ("The European Union refused it.", ["Union refused"]),
        ("The approval of palovarotene came soon.", ["approval of palovarotene"]),
        ("It is the only approved medicine.", ["only approved medicine"]),
        ("There is no cure for FOP.", ["There is no cure"]),
        ("There are no trials for POH.", ["There are no trials for"]),
        ("No trial is open in Europe.", ["No trial is open"]),
        ("FOP cannot be cured.", ["cannot be cured"]),
        ("The trial failed.", ["trial failed"]),
        ("MOVE was a phase 3 trial.", ["was a phase 3"]),
        ("It missed its main goal.", ["missed its main goal"]),
        ("Several trials are recruiting.", ["trials are recruiting"]),
        ("Researchers found fewer new spots.", ["Researchers found fewer"]),
        ("Falls increase the risk of it.", ["increase the risk"]),
        (
            "It reduced the number of new lesions.",
            ["reduced the number of new lesions"],
        ),
        ("Median survival is long.", ["Median survival"]),
        ("FOP shortens life.", ["shortens life"]),
    ],
)
def test_a_statement_without_a_citation_is_marked(body, words):
    assert found("P06", body=body) == words
    assert severities("P06", body=body) == [Severity.BLOCKS]


@pytest.mark.parametrize(
    "body",
    [
        "About 900 people have FOP [@pmid:16642017].",
        "About 900 people have FOP. [@pmid:16642017]",
        "Is there no cure?",
        "Ask whether a trial is recruiting near you.",
        "If there is no cure, ask about care that helps.",
        "If 100 people take it, 5 may feel sick.",
        "A 1 in 2 chance means that it happens about as often as not.",
        "This does not mean that there is no treatment.",
        "Phase 1 trials test safety in a few volunteers.",
        "A trial compares a medicine with another one.",
        "When a trial has ended, its results should be public.",
        "A trial that missed its main goal can still teach something.",
        "Before a medicine is approved, regulators look at every trial.",
        "A medicine that is approved in one country may be refused in another.",
        "The plan was approved by an ethics committee.",
        "Your insurer has approved the journey.",
        "No two people are alike, and no trial is perfect.",
        "A trial may compare a medicine with no treatment.",
        "To reduce the risk of falls, clear the floor.",
        "The gene ACVR1 may have the change R206H.",
        "The trial is registered as NCT03312634.",
        "The paper is PMID 16642017, or OMIM: 135100.",
        "Some people have type 2 diabetes.",
        "See section 4, and tables 2 and 3.",
        "Call 0800 123 456 at once.",
        "We read this on 12 November 2026, and again on 3 May.",
        "In 2026, the clinic moved.",
        "Each of us has 2 copies of it, and 46 chromosomes.",
        "A note such as “3 cm on Monday” helps.",
        "One family in ten years comes here.",
        "## About 900 people\n\nThey live in many places.",
    ],
)
def test_what_is_cited_or_states_nothing_is_not(body):
    assert found("P06", body=body) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("It took 45 minutes.", "45"),
        ("The medicine is in phase 2.", "is in phase 2"),
        ("We know of no study of it.", "know of no study"),
        ("[A page](https://example.org/) tells of 900 people.", "900 people"),
    ],
)
def test_what_is_in_doubt_or_linked_warns(body, words):
    assert found("P06", body=body) == [words]
    assert severities("P06", body=body) == [Severity.WARNS]


def test_the_sentence_beside_a_cited_one_is_not_cited_by_it():
    body = "There is no cure. It is rare [@pmid:16642017]."

    assert found("P06", body=body) == ["There is no cure"]


def test_the_short_answer_cites_nothing():
    assert found("P06", short_answer="About 900 people have FOP.") == []


def test_a_citation_serves_every_cell_of_its_row_and_no_other_row():
    body = TABLE.format("900 [@pmid:16642017]", "1.36 in each million")

    assert found("P06", body=body) == ["1.36 in each million"]


def test_a_citation_in_a_header_serves_the_table():
    body = TABLE.format("900", "834").replace("Count", "Count [@pmid:16642017]")

    assert found("P06", body=body) == []


def test_a_line_that_leads_to_cited_items_states_nothing():
    lead = "There is no cure, our sources say:\n\n- of 2025{}\n- of 2026"

    assert found("P06", body=lead.format(" [@pmid:16642017]")) == []
    assert found("P06", body=lead.format("")) == ["There is no cure"]


def test_cited_items_serve_no_earlier_sentence_of_their_paragraph():
    body = "There is no cure. Two papers say so:\n\n- one of 2025 [@pmid:16642017]"

    assert found("P06", body=body) == ["There is no cure"]


def test_a_cited_line_serves_the_items_under_it():
    items = "A study counted{}:\n\n- 900 people\n- 12 families"

    assert found("P06", body=items.format(" [@pmid:16642017]")) == []
    assert found("P06", body=items.format("")) == ["900 people", "12 families"]


def test_an_item_serves_only_the_items_below_it():
    body = "- Counts [@pmid:16642017]:\n  - 900 people\n- 12 families\n"

    assert found("P06", body=body) == ["12 families"]


def test_a_line_serves_no_other_list_and_no_earlier_sentence_of_it():
    body = (
        "It is rare [@pmid:16642017]. These are counts:\n\n- 900 people\n\n"
        "More counts.\n\n- 12 families"
    )

    assert found("P06", body=body) == ["900 people", "12 families"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "With 49 members of the DiseaseMaps.org community, we speak.",
            "49 members of the DiseaseMaps.org community",
        ),
        (
            "About 1,200 patients in our online forum agree.",
            "1,200 patients in our online forum",
        ),
        ("A community of 49 members shares this.", "community of 49 members"),
    ],
)
def test_the_size_of_a_community_is_marked(body, words):
    assert found("P21", body=body) == [words]
    assert severities("P21", body=body) == [Severity.BLOCKS]


def test_the_size_of_a_community_in_a_cited_count_warns():
    body = "A paper counted 834 members of the FOP community [@pmid:16642017]."

    assert severities("P21", body=body) == [Severity.WARNS]


@pytest.mark.parametrize(
    "body",
    [
        "A study followed 49 patients in France.",
        "Members of the community share what they know.",
        "A community can help 2 parents to meet.",
    ],
)
def test_other_counts_and_communities_are_not(body):
    assert found("P21", body=body) == []
