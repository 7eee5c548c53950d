import contextlib
import os
import re
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conditions import identifiers
from conditions.identifiers import SCHEMES, InvalidIdentifier

examples = settings(
    max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "200")), deadline=None
)

# scheme: (canonical value, as readers see it, address)
VALUES = {
    "orpha": ("337", "ORPHA:337", "https://www.orpha.net/en/disease/detail/337"),
    "omim": ("135100", "OMIM 135100", "https://omim.org/entry/135100"),
    "mondo": (
        "MONDO:0007606",
        "MONDO:0007606",
        "https://purl.obolibrary.org/obo/MONDO_0007606",
    ),
    "gard": (
        "6445",
        "GARD 6445",
        "https://rarediseases.info.nih.gov/diseases/6445/index",
    ),
    "icd10": ("M61.1", "ICD-10 M61.1", "https://icd.who.int/browse10/2019/en#/M61.1"),
    "icd11": ("FB31.1", "ICD-11 FB31.1", ""),
    "snomed": ("719271000", "SNOMED CT 719271000", ""),
    "hgnc": (
        "HGNC:171",
        "HGNC:171",
        "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:171",
    ),
    "gene": (
        "C9orf72",
        "C9orf72",
        "https://www.genenames.org/data/gene-symbol-report/#!/symbol/C9orf72",
    ),
    "nct": (
        "NCT03312634",
        "NCT03312634",
        "https://clinicaltrials.gov/study/NCT03312634",
    ),
    "eudract": (
        "2019-003324-20",
        "EudraCT 2019-003324-20",
        "https://www.clinicaltrialsregister.eu/ctr-search/search"
        "?query=eudract_number:2019-003324-20",
    ),
    "ctis": (
        "2023-503698-40-00",
        "EU CT 2023-503698-40-00",
        "https://euclinicaltrials.eu/ctis-public/view/2023-503698-40-00",
    ),
    "isrctn": (
        "ISRCTN15244462",
        "ISRCTN15244462",
        "https://www.isrctn.com/ISRCTN15244462",
    ),
    "pmid": ("16642017", "PMID 16642017", "https://pubmed.ncbi.nlm.nih.gov/16642017/"),
    "pmcid": (
        "PMC4321643",
        "PMC4321643",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC4321643/",
    ),
    "doi": ("10.1038/ng1783", "doi:10.1038/ng1783", "https://doi.org/10.1038/ng1783"),
    "orcid": (
        "0000-0002-1825-0097",
        "ORCID 0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097",
    ),
    "ror": ("03yrm5c26", "ROR 03yrm5c26", "https://ror.org/03yrm5c26"),
    "npi": (
        "1234567893",
        "NPI 1234567893",
        "https://npiregistry.cms.hhs.gov/provider-view/1234567893",
    ),
    "gmc": ("1234567", "GMC 1234567", ""),
    "issn": (
        "0028-4793",
        "ISSN 0028-4793",
        "https://portal.issn.org/resource/ISSN/0028-4793",
    ),
    "isbn": ("9783161484100", "ISBN 9783161484100", ""),
}
EVERY = [pytest.param(scheme, *rest, id=scheme) for scheme, rest in VALUES.items()]


def refusal(call, *arguments):
    with pytest.raises(InvalidIdentifier) as refused:
        call(*arguments)
    return str(refused.value)


def accepted(call, *arguments):
    """Return what a call answers, or None where it refuses with a sentence."""
    with contextlib.suppress(InvalidIdentifier):
        return call(*arguments)


def test_every_scheme_has_an_example_here():
    assert list(VALUES) == list(SCHEMES)


@pytest.mark.parametrize(("scheme", "value", "shown", "address"), EVERY)
def test_canonical_value_is_kept_shown_and_linked(scheme, value, shown, address):
    assert identifiers.clean(scheme, value) == value
    assert identifiers.display(scheme, value) == shown
    assert identifiers.url(scheme, value) == address


@pytest.mark.parametrize(("scheme", "value", "shown", "address"), EVERY)
def test_what_readers_see_can_be_pasted_back(scheme, value, shown, address):
    assert identifiers.clean(scheme, shown) == value


@pytest.mark.parametrize(("scheme", "value", "shown", "address"), EVERY)
def test_address_of_a_value_leads_back_to_it(scheme, value, shown, address):
    pasted = address or value

    assert identifiers.clean(scheme, pasted) == value


@pytest.mark.parametrize(
    ("scheme", "text", "value"),
    [
        ("pmid", "PMID: 16642017", "16642017"),
        ("pmid", "PubMed ID 16642017.", "16642017"),
        ("pmid", "\u00a0 16642017\r\n", "16642017"),
        (
            "pmid",
            "https://www.ncbi.nlm.nih.gov/pubmed/16642017?dopt=Abstract",
            "16642017",
        ),
        ("pmid", "https://europepmc.org/article/MED/16642017", "16642017"),
        ("pmcid", "PMCID: PMC4321643", "PMC4321643"),
        ("pmcid", "www.ncbi.nlm.nih.gov/pmc/articles/pmc4321643/#s1", "PMC4321643"),
        ("nct", "nct:NCT03312634", "NCT03312634"),
        ("nct", "ClinicalTrials.gov identifier: nct 03312634", "NCT03312634"),
        ("nct", "http://clinicaltrials.gov/ct2/show/NCT03312634", "NCT03312634"),
        ("eudract", "EudraCT number: 2019-003324-20", "2019-003324-20"),
        ("orpha", "orpha_337", "337"),
        (
            "orpha",
            "http://www.orpha.net/consor/cgi-bin/OC_Exp.php?lng=EN&Expert=337",
            "337",
        ),
        ("omim", "#135100", "135100"),
        ("omim", "OMIM: * 102576", "102576"),
        ("mondo", "mondo_0007606", "MONDO:0007606"),
        ("gard", "GARD:0006445", "6445"),
        ("icd10", "icd10: m61.1", "M61.1"),
        ("hgnc", "hgnc 171", "HGNC:171"),
        ("orcid", "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("orcid", "0000000218250097", "0000-0002-1825-0097"),
        ("issn", "2434561x", "2434-561X"),
        ("isbn", "ISBN-13: 978-3-16-148410-0", "9783161484100"),
        ("ror", "HTTPS://ROR.ORG/03YRM5C26", "03yrm5c26"),
        ("doi", "doi:10.1038/NG1783", "10.1038/ng1783"),
        ("doi", "https://dx.doi.org/10.1038/ng1783", "10.1038/ng1783"),
        ("doi", "doi: https://doi.org/10.1038/ng1783/", "10.1038/ng1783"),
        ("doi", "https://doi.org/10.1038/ng1783?from=mail#top", "10.1038/ng1783"),
        ("doi", "doi:10.1038/ng1783).", "10.1038/ng1783"),
        ("doi", "10.1016/S0140-6736(98)12345-6", "10.1016/s0140-6736(98)12345-6"),
        (
            "doi",
            "https://doi.org/10.1002/(SICI)1097-0142(1996)77:1%3C1::AID%3E3.0.CO;2-#",
            "10.1002/(sici)1097-0142(1996)77:1<1::aid>3.0.co;2-#",
        ),
    ],
)
def test_what_people_paste_is_understood(scheme, text, value):
    assert identifiers.clean(scheme, text) == value


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        *((scheme, "") for scheme in SCHEMES),
        ("pmid", "0"),
        ("pmid", "016642017"),
        ("pmid", "123456789"),
        ("pmid", "PMC4321643"),
        ("pmid", "16642017 16642018"),
        ("pmid", "https://example.org/pubmed.ncbi.nlm.nih.gov/16642017/"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov.example.org/16642017/"),
        ("pmid", "javascript:16642017"),
        ("pmcid", "4321643"),
        ("nct", "16642017"),
        ("nct", "NCT0331263"),
        ("orpha", "0337"),
        ("orpha", "1234567"),
        ("omim", "035100"),
        ("mondo", "0007606"),
        ("mondo", "MONDO:007606"),
        ("gard", "0000000"),
        ("icd10", "M61.123"),
        ("icd11", "FI31"),
        ("hgnc", "171"),
        ("gene", "acvr1"),
        ("isbn", "3-16-148410-X"),
        ("doi", "10.1038/"),
        ("doi", "10.103/x"),
        ("doi", "10.1000/a/../b"),
        ("doi", "10.1000/.."),
        ("doi", '10.1000/"onload'),
        ("doi", "10.1038/ng 1783"),
        ("doi", "https://doi.org/10.1038/ng1783%0a"),
    ],
)
def test_what_is_no_identifier_is_refused(scheme, text):
    with pytest.raises(InvalidIdentifier):
        identifiers.clean(scheme, text)


def test_refusal_says_what_is_expected():
    assert refusal(identifiers.clean, "pmid", "PMC12") == (
        "“PMC12” is not a PMID: write 1 to 8 digits, such as 16642017."
    )


def test_wrong_check_digit_is_refused_with_where_to_look():
    assert refusal(identifiers.clean, "orcid", "0000-0002-1825-0098") == (
        "ORCID 0000-0002-1825-0098 has a wrong check digit: "
        "compare it with the person's ORCID page."
    )


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("snomed", "719271001"),
        ("ror", "03yrm5c27"),
        ("npi", "1234567890"),
        ("issn", "0028-4794"),
        ("isbn", "9783161484101"),
    ],
)
def test_check_digits_are_checked(scheme, text):
    assert "has a wrong check digit: compare it with " in refusal(
        identifiers.clean, scheme, text
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\uff11\uff16\uff16\uff14", "U+FF11"),
        ("\u200b16642017", "U+200B"),
        ("1664\u00ad2017", "U+00AD"),
        ("16642017\ufeff", "U+FEFF"),
        ("1664\n2017", "U+000A"),
        ("1664\x002017", "U+0000"),
    ],
)
def test_odd_characters_are_refused_by_name(text, code):
    assert f"holds the character {code}, which is not in a PMID" in refusal(
        identifiers.clean, "pmid", text
    )


def test_hidden_characters_are_made_visible_in_the_refusal():
    assert refusal(identifiers.clean, "pmid", "166\u200b42017").startswith(
        "“166\\u200b42017” holds the character U+200B"
    )


def test_very_long_text_is_refused_and_shortened():
    assert refusal(identifiers.clean, "doi", "10.1000/" + "x" * 10_000) == (
        f"“10.1000/{'x' * 52}…” is too long for a DOI: "
        "write a DOI such as 10.1038/ng1783."
    )


@pytest.mark.parametrize("call", [identifiers.clean, identifiers.url])
def test_unknown_scheme_is_refused_with_the_known_ones(call):
    assert refusal(call, "isni", "1").startswith(
        "“isni” is not a known scheme: use orpha, omim, "
    )


def test_labels_name_the_scheme():
    names = [identifiers.label(scheme) for scheme in ("orpha", "omim", "pmid")]

    assert names == ["ORPHAcode", "OMIM", "PubMed"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PMID 16642017", ("pmid", "16642017")),
        ("https://pubmed.ncbi.nlm.nih.gov/16642017/", ("pmid", "16642017")),
        ("10.1038/NG1783", ("doi", "10.1038/ng1783")),
        ("https://doi.org/10.1038/ng1783", ("doi", "10.1038/ng1783")),
        ("NCT03312634", ("nct", "NCT03312634")),
        ("https://clinicaltrials.gov/study/NCT03312634", ("nct", "NCT03312634")),
        ("PMC4321643", ("pmcid", "PMC4321643")),
        ("ORPHA:337", ("orpha", "337")),
        ("https://www.orpha.net/en/disease/detail/337?name=x", ("orpha", "337")),
        ("MONDO:0007606", ("mondo", "MONDO:0007606")),
        ("https://omim.org/entry/135100", ("omim", "135100")),
        ("16642017", None),
        ("135100", None),
        ("#135100", None),
        ("ACVR1", None),
        ("0000-0002-1825-0097", None),
        ("ORCID 0000-0002-1825-0098", None),
        ("NCT0331263", None),
        ("gard-poh", None),
        ("https://example.org/", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_pasted_text_is_recognised_when_it_says_what_it_is(text, found):
    assert identifiers.recognise(text) == found


@pytest.mark.parametrize(
    ("scheme", "value", "key"),
    [
        ("pmid", "16642017", "pmid:16642017"),
        ("pmcid", "PMC4321643", "pmcid:PMC4321643"),
        ("nct", "nct03312634", "nct:NCT03312634"),
        ("doi", "10.1038/NG1783", "doi:10.1038/ng1783"),
        ("doi", "doi: 10.1038/ng1783;", "doi:10.1038/ng1783"),
    ],
)
def test_key_of_a_source_is_scheme_and_value(scheme, value, key):
    assert identifiers.source_key(scheme, value) == key


@pytest.mark.parametrize(
    ("doi", "held"),
    [
        ("10.1000/a[1]b", "“]”"),
        ("10.1002/x.3.0.co;2-k", "“;”"),
        ("10.1000/a b", "a blank"),
        ("https://doi.org/10.1000/a%5D", "“]”"),
    ],
)
def test_doi_that_would_break_citations_needs_a_word_of_ones_own(doi, held):
    said = refusal(identifiers.source_key, "doi", doi)

    assert f"holds {held}, which would break its citations" in said
    assert said.endswith("use a word of your own as the key, such as shore-2002.")


def test_key_has_no_other_scheme():
    assert refusal(identifiers.source_key, "omim", "135100") == (
        "“omim” cannot begin a key: use pmid, pmcid, doi, nct, "
        "or a word of your own such as gard-poh."
    )


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("pmid:16642017", ("pmid", "16642017")),
        ("DOI: 10.1000/a:b", ("doi", "10.1000/a:b")),
        ("nct:", ("nct", "")),
        ("gard-poh", None),
        ("pmid", None),
        ("omim:135100", None),
        ("", None),
    ],
)
def test_key_is_split_into_scheme_and_value(key, parts):
    assert identifiers.split_key(key) == parts


@pytest.mark.parametrize("key", ["gard-poh", "ab", "a" * 61])
def test_word_of_ones_own_is_small_letters_digits_and_hyphens(key):
    assert identifiers.is_own_word(key)


@pytest.mark.parametrize(
    "key",
    ["", "a", "a" * 62, "2a", "-a", "Gard", "a_b", "a.b", "a:b", "gard-poh\n", "aé"],
)
def test_other_words_are_no_key(key):
    assert not identifiers.is_own_word(key)


FRAGMENTS = st.sampled_from(
    [
        *("PMID", "PMC", "NCT", "doi", "ORPHA", "MONDO", "GARD", ":", " ", "_", "/"),
        *(
            "https://",
            "www.",
            "doi.org/",
            "pubmed.ncbi.nlm.nih.gov/",
            "omim.org/entry/",
        ),
        *("10.1038/", "337", "135100", "0007606", "03312634", "(", ")", "%2e", "%5D"),
        *("..", ".", ";", "]", "?", "#", "<", '"', "\u200b", "\uff11", "\n"),
    ]
)
WRITTEN = (
    st.lists(FRAGMENTS, max_size=8).map("".join)
    | st.text(max_size=30)
    | st.sampled_from(list(SCHEMES)).flatmap(
        lambda code: st.from_regex(SCHEMES[code].typed, fullmatch=True)
    )
)


@examples
@given(scheme=st.sampled_from(list(SCHEMES)), text=WRITTEN)
@example(scheme="doi", text="https://doi.org/10.1000/x%29")
@example(scheme="doi", text="https://doi.org/10.1000/x.?y")
def test_cleaning_refuses_or_settles_for_good(scheme, text):
    value = accepted(identifiers.clean, scheme, text)

    if value is not None:
        assert identifiers.clean(scheme, value) == value
        assert identifiers.clean(scheme, identifiers.display(scheme, value)) == value


@examples
@given(text=WRITTEN)
def test_what_is_recognised_is_canonical(text):
    found = identifiers.recognise(text)

    assert found is None or identifiers.clean(*found) == found[1]


@examples
@given(text=st.from_regex(r"10\.[0-9]{4,9}/[!-~]{1,40}", fullmatch=True))
def test_link_of_any_doi_leads_to_that_doi_and_no_further(text):
    value = accepted(identifiers.clean, "doi", text)
    if value is None:
        return
    parts = urlsplit(identifiers.url("doi", value))

    assert (parts.scheme, parts.netloc) == ("https", "doi.org")
    assert (unquote(parts.path), parts.query, parts.fragment) == (f"/{value}", "", "")


@examples
@given(text=st.from_regex(r"10\.[0-9]{4,9}/[!-~]{1,40}", fullmatch=True))
def test_key_of_any_doi_stands_in_a_citation(text):
    key = accepted(identifiers.source_key, "doi", text)
    if key is None:
        return

    assert re.fullmatch(r"doi:[^\s;\]]+", key)
    assert identifiers.split_key(key) == ("doi", key.removeprefix("doi:"))
