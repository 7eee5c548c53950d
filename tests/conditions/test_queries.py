"""What a reader typed, taken apart."""

import pytest

from conditions import queries


@pytest.mark.parametrize(
    ("typed", "stems"),
    [
        ("OMIM 135100", ["omim135100"]),
        ("omim:135100 FOP", ["omim135100", "fop"]),
        ("FOP, ORPHA:337", ["fop", "orpha337"]),
        ("SNOMED CT 719271000", ["snomed719271000"]),
        ("MONDO:0007606", ["mondomondo0007606"]),
        ("trial NCT03312634?", ["trial", "nctnct03312634"]),
        ("PMID: 16642017", ["pmid16642017"]),
        ("https://doi.org/10.1038/ng1783", ["doi101038ng1783"]),
        ("doi:10.1038/NG1783.", ["doi101038ng1783"]),
        ("135100", ["135100"]),
        ("OMIM 13", ["omim", "13"]),
    ],
)
def test_identifiers_are_known_in_any_form(typed, stems):
    assert queries.read(typed).stems == stems


@pytest.mark.parametrize(
    ("typed", "stems"),
    [
        ("What is FOP?", ["fop"]),
        ("what is it", ["what", "is", "it"]),
        ("WAS gene", ["was", "gene"]),
        ("FOP AND children", ["fop", "children"]),
        ("fop FOP Fop", ["fop"]),
        ("  ", []),
        ("*&|", []),
    ],
)
def test_words_that_tell_are_looked_for_each_once(typed, stems):
    assert queries.read(typed).stems == stems


def test_a_query_has_an_end():
    query = queries.read("word " + " ".join(f"w{n}" for n in range(500)))

    assert len(query.text) <= queries.LONGEST
    assert len(query.terms) == queries.MOST


def test_what_is_shown_again_is_on_one_line_without_hidden_signs():
    assert queries.read(" a\n\tb\u202ec\0d ").text == "a b c d"
