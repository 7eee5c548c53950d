"""Grade, long sentences, abbreviations, jargon, hype, words that hurt, directives."""

import pytest

from editorial.checks.finding import Severity
from tests.editorial.checks.building import SHORT, findings, found, severities

HARD = (
    "Multidisciplinary consideration of musculoskeletal immobilisation necessitates "
    "individualised rehabilitation programmes everywhere."
)
WORDS_21 = "word " * 20 + "word."
WORDS_36 = "word " * 35 + "word."


def graded(**given):
    return [one.severity for one in findings("P14", **given) if "grade" in one.message]


def test_a_hard_text_is_graded_and_a_plain_one_is_not():
    assert graded(body=HARD) == [Severity.REASON]
    assert graded(body="We can help you to move. Ask us when it hurts you a lot.") == []


def test_the_short_answer_is_graded_too():
    assert graded(short_answer=f"{SHORT} {HARD}")
    assert (
        graded(short_answer="FOP can make it hard to move. Ask your team for help.")
        == []
    )


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        (WORDS_21, [Severity.WARNS]),
        (f"{WORDS_36} Rest. Sleep.", [Severity.REASON]),
        ("word " * 19 + "word.", []),
        (f"- {WORDS_21}", [Severity.WARNS]),
        (f"## {WORDS_21[:-1]}\n\nRest.", []),
    ],
)
def test_long_sentences_are_found(body, severity):
    assert severities("P14", body=body) == severity


def test_a_paragraph_of_four_sentences_is_warned_of():
    assert severities("P14", body="Rest. Sleep. Eat. Walk.") == [Severity.WARNS]
    assert severities("P14", body="Rest. Sleep. Eat.\n\nWalk.") == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("The EMA said no.", ["EMA"]),
        ("The medicines agency (EMA) said no.", ["EMA"]),
        ("Ask about BMP and what BMP does.", ["BMP"]),
    ],
)
def test_an_abbreviation_is_written_out_and_used(body, words):
    assert found("P05", body=body) == words


@pytest.mark.parametrize(
    "body",
    [
        "The medicines agency (EMA) said no. The EMA met.",
        "EMA (the medicines agency) met. The EMA said no.",
        "The ACVR1 gene, the gene GNAS and the R206H change.",
        "DNA and an MRI in the US.",
        "The MOVE trial and NCT03188666.",
        "Type II collagen.",
    ],
)
def test_known_names_genes_and_trials_are_no_abbreviations(body):
    assert found("P05", body=body) == []


def test_the_short_answer_may_write_it_out():
    assert found("P05", body="FOP is rare.") == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("It causes heterotopic ossification.", ["heterotopic ossification"]),
        ("The prognosis differs.", ["prognosis"]),
        ("It is autosomal dominant.", ["autosomal dominant"]),
    ],
)
def test_jargon_without_plain_words_is_found(body, words):
    assert found("P15", body=body) == words


@pytest.mark.parametrize(
    "body",
    [
        "It causes heterotopic ossification: extra bone grows.",
        "Ossification means that extra bone grows. Ossification can hurt.",
        "The prognosis differs. The outlook is told below.",
    ],
)
def test_jargon_with_plain_words_beside_it_is_none(body):
    assert found("P15", body=body) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("A breakthrough was told.", ["breakthrough"]),
        ("It is life-changing.", ["life-changing"]),
        ("There is hope.", ["hope"]),
    ],
)
def test_hype_is_found(body, words):
    assert found("P13", body=body) == words


@pytest.mark.parametrize(
    "body",
    ["It does not give false hope.", "It is no cure for FOP.", "Life goes on."],
)
def test_plain_and_negated_words_are_no_hype(body):
    assert found("P13", body=body) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("He suffers from FOP.", ["suffers from"]),
        ("A wheelchair-bound child.", ["wheelchair-bound"]),
    ],
)
def test_words_that_hurt_are_found(body, words):
    assert found("P26", body=body) == words


@pytest.mark.parametrize(
    "body", ["She has FOP.", "A child who uses a wheelchair.", "Victimless."]
)
def test_person_first_words_are_none(body):
    assert found("P26", body=body) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("You should stop the tablets.", ["You should stop"]),
        ("Never take aspirin.", ["Never take"]),
        ("They had 10 mg a day.", ["10 mg"]),
        ("They had 3 mg/kg.", ["3 mg/kg"]),
    ],
)
def test_a_directive_or_a_dose_needs_a_reason(body, words):
    assert found("P22", body=body) == words
    assert severities("P22", body=body) == [Severity.REASON]


@pytest.mark.parametrize(
    "body",
    ["You should ask your team.", "10 mgs is no unit of ours.", "It took 10 minutes."],
)
def test_advice_to_ask_is_no_directive(body):
    assert found("P22", body=body) == []
