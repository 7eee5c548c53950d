import pytest

from editorial.desk.text import pasted
from editorial.desk.text.pasted import Pasted

PMID, DOI = ("pmid", "16642017"), ("doi", "10.1038/ng1783")
FORMS = {
    "PMID: 16642017": PMID,
    "pmid 16642017": PMID,
    "pmid:16642017": PMID,
    "[@pmid:16642017]": PMID,
    "  https://pubmed.ncbi.nlm.nih.gov/16642017/ ": PMID,
    "https://pubmed.ncbi.nlm.nih.gov/16642017/?utm_source=x#abstract": PMID,
    "10.1038/ng1783": DOI,
    "doi:10.1038/NG1783": DOI,
    "https://doi.org/10.1038/ng1783": DOI,
    "https://dx.doi.org/10.1038/ng1783.": DOI,
    "https://www.nature.com/doi/full/10.1038/ng1783": DOI,
    "https://onlinelibrary.example/doi/10.1038/ng1783/full": DOI,
    "https://publisher.example/10.1038/ng1783/pdf?download=1": DOI,
    "PMC4321643": ("pmcid", "PMC4321643"),
    "PMCID: PMC4321643": ("pmcid", "PMC4321643"),
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC4321643/": ("pmcid", "PMC4321643"),
    "NCT03312634": ("nct", "NCT03312634"),
    "https://clinicaltrials.gov/study/NCT03312634": ("nct", "NCT03312634"),
    "https://clinicaltrials.gov/study/NCT03312634?term=x": ("nct", "NCT03312634"),
}


@pytest.mark.parametrize("text", FORMS)
def test_every_usual_form_of_an_identifier_is_read(text):
    assert pasted.read(text) == Pasted(ids=dict([FORMS[text]]))


def test_a_reference_pasted_whole_gives_all_its_identifiers():
    text = (
        "Shore EM, Xu M, et al. A recurrent mutation in the BMP type I receptor. Nat "
        "Genet. 2006;38(5):525-7. doi: 10.1038/ng1783. PMID: 16642017; PMC4321643."
    )

    assert pasted.read(text).ids == {
        "doi": "10.1038/ng1783",
        "pmid": "16642017",
        "pmcid": "PMC4321643",
    }


@pytest.mark.parametrize(
    "text",
    [
        "PMID: 16642017, PMID: 11784876",
        "doi:10.1038/ng1783 and https://doi.org/10.1056/NEJMoa011262",
    ],
)
def test_two_sources_pasted_at_once_are_not_mixed(text):
    assert pasted.read(text) == Pasted(several=True)


def test_the_same_source_named_twice_is_one():
    text = "PMID: 16642017. https://pubmed.ncbi.nlm.nih.gov/16642017/"

    assert pasted.read(text).ids == {"pmid": "16642017"}


def test_a_bare_number_does_not_say_whose_it_is():
    assert pasted.read("16642017") == Pasted(number="16642017")


@pytest.mark.parametrize(
    "text",
    [
        "https://rarediseases.org/gard-rare-disease/poh/",
        "http://rarediseases.org/gard-rare-disease/poh/#h-1",
        "https://RareDiseases.org/gard-rare-disease/poh/?utm_source=mail",
    ],
)
def test_an_address_is_read_as_it_is_kept(text):
    assert pasted.read(text).url == "https://rarediseases.org/gard-rare-disease/poh/"


def test_what_an_address_asks_for_is_kept():
    assert pasted.address("https://example.org/a?id=7&utm_source=x&b=") == (
        "https://example.org/a?id=7&b="
    )


def test_an_address_is_the_same_with_www_and_a_slash():
    assert pasted.same("https://www.example.org/a/") == pasted.same(
        "https://example.org/a"
    )


ODD = (
    "",
    " ",
    "[@",
    "rare diseases",
    "ORPHA:337",
    "1" * 20,
    "\x00",
    "https://[",
    "☃",
    "10.1038/",
    "PMID",
    "5 mg",
    "x" * 5000,
    "https://" + "a." * 3000,
)


@pytest.mark.parametrize("text", ODD)
def test_mere_words_name_no_source(text):
    assert pasted.read(text) == Pasted()
