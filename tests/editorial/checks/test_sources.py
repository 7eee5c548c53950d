"""The sources of a text: enough, findable, not retracted, in time."""

from dataclasses import replace
from datetime import date

import pytest

from editorial.checks.finding import Severity
from editorial.checks.text import Known
from tests.editorial.checks.building import TODAY, findings, found, severities

PAPER = Known("pmid:16642017", "A change in one gene", 2024)
PAGE = Known("gard-poh", "A page on POH", 2025, "https://example.org/")
BODY = "Bone forms in muscle [@pmid:16642017; @gard-poh]."
CITED = {"body": BODY, "sources": (PAPER, PAGE)}


def messages(code, **given):
    return [finding.message for finding in findings(code, **given)]


def with_page(**changes):
    return {"body": BODY, "sources": (PAPER, replace(PAGE, **changes))}


@pytest.mark.parametrize(("fewest", "held"), [(1, []), (2, []), (3, [""])])
def test_enough_sources_are_cited(fewest, held):
    assert found("P07", **CITED, fewest_sources=fewest) == held


def test_it_says_how_many_are_missing():
    assert messages("P07", fewest_sources=2) == [
        "Cite at least 2 sources: none is cited."
    ]
    assert messages("P07", **CITED, fewest_sources=3) == [
        "Cite at least 3 sources: 2 are cited."
    ]


def test_one_source_cited_twice_is_one():
    body = "It is rare [@pmid:16642017]. It forms bone [@pmid:16642017]."

    assert messages("P07", body=body, sources=(PAPER,), fewest_sources=2) == [
        "Cite at least 2 sources: 1 is cited."
    ]


def test_a_key_without_a_source_is_marked_where_it_is_first_cited():
    body = "Bone forms [@gard-poh-2; @gard-poh]. It stays [@gard]. So it is [@gard]."

    assert found("P07", body=body, sources=(PAGE,)) == ["@gard-poh-2", "@gard"]


def test_a_listed_source_that_is_cited_nowhere_warns():
    given = {"body": "Bone forms [@gard-poh].", "sources": (PAGE, PAPER)}

    assert severities("P07", **given) == [Severity.WARNS]
    assert "“A change in one gene” is listed" in messages("P07", **given)[0]


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"title": " "}, "Give “gard-poh” a title."),
        ({"year": None}, "Give “A page on POH” a year, or the day you read it."),
        (
            {"url": ""},
            "Give “A page on POH” an identifier, or an address with https.",
        ),
        (
            {"url": "http://example.org/"},
            "Give “A page on POH” an identifier, or an address with https.",
        ),
        (
            {"url": "", "identifiers": (("pmid", "16642O17"),)},
            "Give “A page on POH” an identifier, or an address with https.",
        ),
    ],
)
def test_a_source_that_cannot_be_found_is_marked_where_it_is_cited(changes, lacks):
    assert found("P07", **with_page(**changes)) == ["@gard-poh"]
    assert messages("P07", **with_page(**changes)) == [lacks]


@pytest.mark.parametrize(
    "changes",
    [
        {"year": None, "accessed_on": TODAY},
        {"url": "", "identifiers": (("doi", "10.1038/ng1783"),)},
    ],
)
def test_a_day_read_or_an_identifier_will_do(changes):
    assert found("P07", **with_page(**changes)) == []


def test_a_retracted_source_is_marked_and_named():
    given = with_page(retracted_on=date(2024, 5, 3))

    assert found("P29", **given) == ["@gard-poh"]
    assert severities("P29", **given) == [Severity.BLOCKS]
    assert messages("P29", **given)[0].startswith(
        "“A page on POH” was retracted on 3 May 2024:"
    )


def test_each_retracted_source_is_marked_once():
    retracted = replace(PAPER, retracted_on=date(2024, 5, 3))
    body = "It is rare [@pmid:16642017]. It forms bone [@pmid:16642017]."

    assert found("P29", body=body, sources=(retracted,)) == ["@pmid:16642017"]


def test_a_sound_source_and_one_that_nothing_rests_on_are_not():
    retracted = replace(PAPER, retracted_on=date(2024, 5, 3))

    assert found("P29", **CITED) == []
    assert found("P29", body="Bone [@gard-poh].", sources=(PAGE, retracted)) == []


def searched(day, **given):
    return findings("P30", **CITED, evidence_searched_on=day, **given)


@pytest.mark.parametrize(
    ("year", "old"), [(2020, True), (2015, True), (2021, False), (2026, False)]
)
def test_a_research_page_has_a_source_of_the_last_years(year, old):
    sources = (replace(PAPER, year=2000), replace(PAGE, year=year))
    given = {"body": BODY, "sources": sources, "evidence_searched_on": TODAY}

    marked = findings("P30", **given, is_research=True)

    assert [f.severity for f in marked] == [Severity.WARNS] * old
    assert findings("P30", **given) == []


def test_a_source_without_a_year_is_as_new_as_the_day_it_was_read():
    page = replace(PAGE, year=None, accessed_on=TODAY)
    old = replace(PAPER, year=2000)
    given = {"body": BODY, "sources": (old, page), "evidence_searched_on": TODAY}

    assert findings("P30", **given, is_research=True) == []


@pytest.mark.parametrize(
    "changes", [{"year": 2027}, {"accessed_on": date(2026, 11, 22)}]
)
def test_a_source_dated_after_today_blocks(changes):
    assert found("P30", **with_page(**changes)) == ["@gard-poh"]
    assert severities("P30", **with_page(**changes)) == [Severity.BLOCKS]


def test_a_source_of_today_does_not():
    assert found("P30", **with_page(year=2026, accessed_on=TODAY)) == []


@pytest.mark.parametrize(
    ("day", "late"), [(date(2026, 8, 22), True), (date(2026, 8, 23), False)]
)
def test_a_search_of_more_than_90_days_ago_warns(day, late):
    assert [f.severity for f in searched(day)] == [Severity.WARNS] * late


def test_a_research_page_says_when_the_evidence_was_searched():
    assert len(searched(None, is_research=True)) == 1
    assert searched(None) == []


def test_where_there_is_nothing_to_date_nothing_is_said():
    assert findings("P30", is_research=True) == []
