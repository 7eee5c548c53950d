"""Identifiers in prose, registers that are named, and the words of links."""

import pytest

from conditions.schemes import SCHEMES
from editorial.checks.finding import Severity
from editorial.checks.ruleset import rules
from tests.editorial.checks.building import findings, found, severities

CITED = "[@pmid:16642017]"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("The paper is PMID 16642O17.", "PMID 16642O17"),
        ("The trial is NCT0331263, they say.", "NCT0331263"),
        ("The trial is NCT 033126344.", "NCT 033126344"),
        ("It is listed as ORPHA:0337.", "ORPHA:0337"),
        ("It is OMIM 13510.", "OMIM 13510"),
        ("She is ORCID 0000-0002-1825-0098.", "ORCID 0000-0002-1825-0098"),
        ("See ISRCTN1524446.", "ISRCTN1524446"),
        ("See doi:10.1/x for it.", "doi:10.1/x"),
        ("It is MONDO:07606.", "MONDO:07606"),
        ("It is (PMC0123).", "PMC0123"),
        ("It is SNOMED CT 719271001.", "SNOMED CT 719271001"),
    ],
)
def test_a_malformed_identifier_is_marked(body, words):
    assert found("P08", body=body) == [words]
    assert severities("P08", body=body) == [Severity.BLOCKS]


@pytest.mark.parametrize(
    "body",
    [
        "The paper is PMID 16642017.",
        "The trials are NCT03312634, NCT04307953 and ISRCTN15244462.",
        "See doi:10.1038/ng1783; it is open.",
        "FOP is ORPHA:337, OMIM 135100 and MONDO:0007606.",
        "FOP is ORPHAcode 337 (OMIM #135100).",
        "She is ORCID 0000-0002-1825-0097.",
        "An NCT number leads to the record, as OMIM does.",
        "PubMed has 120 papers, and in 2026 PMIDs were many.",
        "The gene ACVR1 and the change R206H are known.",
        "A CT scan of 3 places is long.",
    ],
)
def test_a_sound_identifier_and_other_words_are_not(body):
    assert found("P08", body=body) == []


def test_it_is_asked_of_the_short_answer_too():
    assert found("P08", short_answer="FOP is rare. It is OMIM 13510.") == ["OMIM 13510"]


def test_it_says_what_is_expected():
    assert findings("P08", body="It is PMID 1x2.")[0].message == (
        "“1x2” is not a PMID: write 1 to 8 digits, such as 16642017."
    )


def test_every_lead_leads_to_a_known_scheme():
    assert set(rules()["P08"].table("leads")) <= set(SCHEMES)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Search ClinicalTrials.gov for FOP.", ["ClinicalTrials.gov"]),
        ("Orphanet lists FOP. Look at Orphanet.", ["Orphanet"]),
        ("The EU Clinical Trials Register has it.", ["EU Clinical Trials Register"]),
        (
            "Search ClinicalTrials.gov.\n\n[Go](https://clinicaltrials.gov/) on.",
            ["ClinicalTrials.gov"],
        ),
        ("[Look here](https://example.org/) and at OMIM.", ["OMIM"]),
        ("| a | b |\n|---|---|\n| Orphanet | yes |", ["Orphanet"]),
    ],
)
def test_a_register_that_is_only_named_warns(body, words):
    assert found("P23", body=body) == words
    assert severities("P23", body=body) == [Severity.WARNS]


@pytest.mark.parametrize(
    "body",
    [
        "Search [ClinicalTrials.gov](https://clinicaltrials.gov/) for FOP.",
        "Search ClinicalTrials.gov: [trials](https://clinicaltrials.gov/search?cond=x).",
        f"Orphanet lists FOP {CITED}.",
        f"| a | b |\n|---|---|\n| Orphanet | yes {CITED} |",
        "[Orphanet](https://www.orpha.net/) lists it. Look at Orphanet often.",
        "A paper in the Orphanet Journal of Rare Diseases says so.",
        "A registry keeps what people tell it.",
    ],
)
def test_one_that_can_be_followed_does_not(body):
    assert found("P23", body=body) == []


@pytest.mark.parametrize(
    "words",
    ["here", "Click here", "read more", "This link", "https://example.org/a", "more …"],
)
def test_a_link_that_does_not_say_where_it_leads_warns(words):
    body = f"There is [{words}](https://example.org/a)."

    assert found("P23", body=body) == [words]
    assert severities("P23", body=body) == [Severity.WARNS]


@pytest.mark.parametrize(
    "words", ["the page of the clinic", "more about trials", "example.org", "where"]
)
def test_one_that_says_it_does_not(words):
    assert found("P23", body=f"There is [{words}](https://example.org/a).") == []
