"""Lead-ins, repetition, the short answer, the question, headings."""

import pytest

from editorial.checks.finding import Severity
from tests.editorial.checks.building import BODY, SHORT, findings, found, severities

LONG = "Doctors watch how the extra bone grows and help people to move with less pain."


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Key areas include:", ["include:"]),
        ("Ask these questions:\n\nThen rest.", ["questions:"]),
        ("Signs are:\n\n- pain", ["are:"]),
        ("Signs are：", ["are："]),
        ("## Signs:\n\nFOP hurts.", ["Signs:"]),
        ("Signs are:\n\n## What next\n\nRest.", ["are:"]),
        ("Ask:\n\n- one\n- two:\n\n", ["two:"]),
    ],
)
def test_a_lead_in_without_its_list_is_found(body, words):
    assert found("P01", body=body) == words


@pytest.mark.parametrize(
    "body",
    [
        "Signs are:\n\n- pain\n- swelling",
        "Signs are:\n- pain\n- swelling",
        "This is known:\n\n| Sign | When |\n|---|---|\n| pain | often |",
        "A mother said:\n\n> We take each day as it comes.",
        "Do this:\n\n1. Rest.\n2. Call.",
        "One thing matters: rest.",
        "Ask about:\n\n- pain:\n  - at night\n  - by day\n- sleep",
    ],
)
def test_a_lead_in_with_its_list_is_none(body):
    assert found("P01", body=body) == []


def test_a_short_answer_leads_to_no_list():
    assert found("P01", short_answer=f"{SHORT} It has these signs:") == ["signs:"]


@pytest.mark.parametrize("field", ["body", "short_answer"])
def test_a_sentence_that_stands_twice_is_found_where_it_stands_again(field):
    given = (
        {"body": f"{LONG}\n\n{LONG}"}
        if field == "body"
        else {
            "short_answer": f"{SHORT} {LONG}",
            "body": LONG,
        }
    )

    assert found("P02", **given) == [LONG]


def test_marks_and_capitals_make_no_other_sentence():
    again = LONG.upper().replace("BONE", "**BONE**")

    assert found("P02", body=f"{LONG}\n\n{again}") == [again.removesuffix(".") + "."]


def test_paragraphs_nearly_alike_are_warned_of():
    other = LONG.replace("less pain", "more ease")

    assert found("P02", body=f"{LONG}\n\n{other}") == [other]
    assert severities("P02", body=f"{LONG}\n\n{other}") == [Severity.WARNS]


@pytest.mark.parametrize(
    "body",
    [
        "Ask your team.\n\nAsk your team.",
        f"{LONG}\n\nDoctors watch how people move, and help when extra bone hurts.",
    ],
)
def test_a_few_words_said_again_are_no_repetition(body):
    assert found("P02", body=body) == []


@pytest.mark.parametrize(
    ("short", "told"),
    [
        ("FOP is rare.", "3 words"),
        (f"{SHORT} {LONG} {LONG} Please do read on below.", "words: write 20 to 60"),
        (
            "FOP is rare. " * 5 + "People with it can ask their team about it.",
            "6 sentences",
        ),
        (LONG + " " + SHORT, "Name the condition in the first sentence"),
    ],
)
def test_a_short_answer_of_the_wrong_make_is_found(short, told):
    assert any(told in one.message for one in findings("P03", short_answer=short))


@pytest.mark.parametrize(
    "short",
    [
        SHORT,
        SHORT.replace("Fibrodysplasia ossificans progressiva (FOP)", "*FOP*"),
        SHORT.replace("Fibrodysplasia", "Myositis").replace(" (FOP)", ""),
    ],
)
def test_any_name_of_the_condition_opens_a_short_answer(short):
    assert found("P03", short_answer=short) == []


def test_the_question_said_again_is_found():
    asked = "What is fibrodysplasia ossificans progressiva?"

    assert found("P04", body=f"{BODY} {asked}") == [asked]
    assert found("P04", body=f"## {asked}\n\n{BODY}") == [asked]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("What is fibrodysplasia ossificans progressiva?", 0),
        ("How common is FOP?", 0),
        ("What is fibrodysplasia ossificans progressiva", 1),
        ("What is this condition?", 1),
    ],
)
def test_a_question_asks_and_names_the_condition(question, count):
    assert len(found("P04", question=question)) == count


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("### Signs\n\nPain.", ["Signs"]),
        ("## Signs\n\n## Causes\n\nA gene.", ["Signs"]),
        ("Pain.\n\n## Signs", ["Signs"]),
        ("| A | B |\n|---|---|\n| | |", ["A"]),
        ("| A | B |\n|---|---|", ["A"]),
    ],
)
def test_a_heading_that_skips_and_an_empty_part_are_found(body, words):
    assert found("P24", body=body) == words


@pytest.mark.parametrize(
    "body",
    [
        "## Signs\n\n### Early\n\nPain.\n\n## Causes\n\nA gene.",
        "## Signs\n\n- pain\n- swelling",
        "| A | B |\n|---|---|\n| x | |",
    ],
)
def test_headings_in_order_and_filled_tables_are_none(body):
    assert found("P24", body=body) == []
