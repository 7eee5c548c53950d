from datetime import date

import pytest

from conditions import references

EMPTY = dict.fromkeys(
    ("authors", "container", "pmid", "pmcid", "doi", "nct", "url"), ""
) | {"year": None, "accessed_on": "", "retracted_on": ""}


def source(key="gard-poh", **fields):
    return EMPTY | {"key": key, "kind": "article", "title": "A title"} | fields


def entry(cited=(), retracted=(), **fields):
    (shown,) = references.typeset([source(**fields)], dict(cited), dict(retracted))
    return shown


def test_sources_are_numbered_from_1_in_their_order():
    assert references.numbers([source("b"), source("a")]) == {"b": 1, "a": 2}


def test_an_entry_is_made_of_whole_sentences():
    shown = entry(authors="Shore EM", title="Is it?", container="Lancet", year=2002)

    assert [shown[part] for part in ("authors", "title", "where")] == [
        "Shore EM.",
        "Is it?",
        "Lancet, 2002.",
    ]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"container": "Lancet"}, "Lancet."),
        ({"year": 2002}, "2002."),
        ({}, ""),
    ],
)
def test_what_is_not_known_of_a_source_leaves_no_gap(fields, where):
    assert entry(**fields)["where"] == where


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("article", ""),
        ("web", ""),
        ("trial", "Trial registration."),
        ("regulator", "Regulator’s decision."),
        ("hologram", ""),
    ],
)
def test_a_kind_is_named_where_a_reader_would_not_guess_it(kind, named):
    assert entry(kind=kind)["kind"] == named


def test_identifiers_are_linked_in_a_fixed_order():
    links = references.links(
        source(nct="NCT03312634", doi="10.1038/ng1783", pmid="16642017")
    )

    assert [(link["scheme"], link["url"]) for link in links] == [
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/16642017/"),
        ("doi", "https://doi.org/10.1038/ng1783"),
        ("nct", "https://clinicaltrials.gov/study/NCT03312634"),
    ]


def test_an_address_without_https_is_not_linked():
    assert entry(url="http://example.org/")["url"] == ""


def test_a_source_cited_once_is_linked_back_once_and_without_a_number():
    assert entry(cited={"gard-poh": 1})["back"] == [
        {"href": "#cite-1-1", "text": "", "label": "Back to citation 1 of source 1"}
    ]


def test_a_source_cited_twice_is_linked_back_twice():
    back = entry(cited={"gard-poh": 2})["back"]

    assert [(link["href"], link["text"]) for link in back] == [
        ("#cite-1-1", "1"),
        ("#cite-1-2", "2"),
    ]


def test_a_retraction_known_at_signing_and_one_known_since_are_two_things():
    then, since = date(2026, 4, 1), {"gard-poh": date(2026, 6, 1)}

    known = entry(retracted_on="2026-04-01")
    later = entry(retracted=since)

    assert (known["retracted_on"], known["retracted_since"]) == (then, None)
    assert (later["retracted_on"], later["retracted_since"]) == (
        None,
        date(2026, 6, 1),
    )


def test_a_code_is_shown_with_its_label_and_its_address():
    assert references.code("orpha", "2762") == {
        "label": "ORPHAcode",
        "value": "2762",
        "text": "ORPHA:2762",
        "url": "https://www.orpha.net/en/disease/detail/2762",
    }


def test_a_code_of_a_scheme_not_known_any_more_is_shown_without_a_link():
    assert references.code("old-scheme", "7") == {
        "label": "old-scheme",
        "value": "7",
        "text": "7",
        "url": "",
    }
