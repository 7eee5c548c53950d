"""The table of identifier schemes: one syntax, check digit and link each. No database.

Syntaxes follow Bioregistry; where that lets one thing be written in two ways, such as
with zeros in front, they are narrower, so that equal things have equal values.
"""

import re

from conditions import check_digits
from conditions.syntax import Scheme


def _without_symbol(text: str) -> str:
    return text.lstrip("*#+%^ ")


def _without_zeros(text: str) -> str:
    return text.lstrip("0")


def _without_gaps(text: str) -> str:
    return re.sub("[- ]", "", text)


def _in_fours(text: str) -> str:
    return "-".join(re.findall("....", _without_gaps(text.upper())))


_TABLE = (
    Scheme(
        *("orpha", "ORPHAcode", "an ORPHAcode", "1 to 6 digits, such as ORPHA:337"),
        "[1-9][0-9]{0,5}",
        names="ORPHA(?:code|net)?",
        addresses=r"orpha\.net/[a-z]{2}/disease/detail/"
        r"|orpha\.net/consor/[!-~]*?[?&]Expert=",
        url="https://www.orpha.net/en/disease/detail/{}",
        shown="ORPHA:{}",
    ),
    Scheme(
        *("omim", "OMIM", "an OMIM number", "6 digits, such as 135100"),
        "[1-9][0-9]{5}",
        # The symbol says phenotype or gene today; OMIM changes it, not the digits.
        loose="[*#+%^]? ?[1-9][0-9]{5}",
        names="O?MIM",
        addresses=r"omim\.org/entry/|ncbi\.nlm\.nih\.gov/omim/",
        url="https://omim.org/entry/{}",
        shown="OMIM {}",
        settle=_without_symbol,
    ),
    Scheme(
        *("mondo", "MONDO", "a MONDO identifier", "7 digits, such as MONDO:0007606"),
        "[0-9]{7}",
        stem="MONDO:",
        addresses=r"purl\.obolibrary\.org/obo/|monarchinitiative\.org/(?:disease/)?",
        url="https://purl.obolibrary.org/obo/MONDO_{}",
    ),
    Scheme(
        *("gard", "GARD", "a GARD number", "1 to 7 digits, such as GARD 6445"),
        "[1-9][0-9]{0,6}",
        loose="[0-9]{1,7}",
        names="GARD",
        addresses=r"rarediseases\.info\.nih\.gov/diseases/",
        url="https://rarediseases.info.nih.gov/diseases/{}/index",
        shown="GARD {}",
        settle=_without_zeros,
    ),
    Scheme(
        *("icd10", "ICD-10", "an ICD-10 code", "a letter and digits, such as M61.1"),
        r"[A-Z][0-9]{2}(?:\.[0-9]{1,2})?",
        names="ICD-?10",
        addresses=r"icd\.who\.int/browse10/[0-9]{4}/[a-z]{2}#/",
        url="https://icd.who.int/browse10/2019/en#/{}",
        shown="ICD-10 {}",
    ),
    Scheme(
        *("icd11", "ICD-11", "an ICD-11 code", "a code such as FB31.1"),
        r"[1-9A-HJ-NP-Z][A-HJ-NP-Z][0-9][0-9A-HJ-NP-Z](?:\.[0-9A-HJ-NP-Z]{1,2})?",
        names="ICD-?11",
        shown="ICD-11 {}",
    ),
    Scheme(
        *("snomed", "SNOMED CT", "a SNOMED CT code", "6 to 18 digits, as 719271000"),
        "[1-9][0-9]{5,17}",
        names="SNOMED(?:[ -]?CT)?|SCTID",
        addresses=r"snomed\.info/id/",
        shown="SNOMED CT {}",
        checksum=check_digits.snomed,
        proof="the SNOMED CT browser",
    ),
    Scheme(
        *("hgnc", "HGNC", "an HGNC number", "1 to 5 digits, such as HGNC:171"),
        "[1-9][0-9]{0,4}",
        stem="HGNC:",
        addresses=r"genenames\.org/data/gene-symbol-report/#!/hgnc_id/",
        url="https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{}",
    ),
    Scheme(
        *("gene", "Gene symbol", "a gene symbol", "capitals and digits, as ACVR1"),
        "[A-Z][A-Z0-9-]*(?:orf[0-9]+)?",
        addresses=r"genenames\.org/data/gene-symbol-report/#!/symbol/",
        url="https://www.genenames.org/data/gene-symbol-report/#!/symbol/{}",
        settle=str,
    ),
    Scheme(
        *("nct", "ClinicalTrials.gov", "an NCT number"),
        *("NCT and 8 digits, such as NCT03312634", "[0-9]{8}"),
        names=r"NCT|ClinicalTrials\.gov(?: ID| identifier| number)?",
        stem="NCT",
        addresses=r"clinicaltrials\.gov/(?:study|show|ct2/show)/",
        url="https://clinicaltrials.gov/study/NCT{}",
    ),
    Scheme(
        *("eudract", "EudraCT", "a EudraCT number", "digits as in 2019-003324-20"),
        "[0-9]{4}-[0-9]{6}-[0-9]{2}",
        names="EudraCT(?: number)?",
        addresses=r"clinicaltrialsregister\.eu/ctr-search/"
        r"(?:trial/|search\?query=(?:eudract_number:)?)",
        url="https://www.clinicaltrialsregister.eu/ctr-search/search"
        "?query=eudract_number:{}",
        shown="EudraCT {}",
    ),
    Scheme(
        *("ctis", "EU CTIS", "an EU trial number", "digits as in 2023-503698-40-00"),
        "[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}",
        names="(?:EU )?(?:CTIS|CT)(?: number)?|EUCT",
        addresses=r"euclinicaltrials\.eu/ctis-public/view/",
        url="https://euclinicaltrials.eu/ctis-public/view/{}",
        shown="EU CT {}",
    ),
    Scheme(
        *("isrctn", "ISRCTN", "an ISRCTN number"),
        *("ISRCTN and 8 digits, such as ISRCTN15244462", "[0-9]{8}"),
        names="ISRCTN",
        stem="ISRCTN",
        addresses=r"isrctn\.com/",
        url="https://www.isrctn.com/ISRCTN{}",
    ),
    Scheme(
        *("pmid", "PubMed", "a PMID", "1 to 8 digits, such as 16642017"),
        "[1-9][0-9]{0,7}",
        names="PMID|PubMed(?: ID)?",
        addresses=r"pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/"
        r"|europepmc\.org/article/MED/",
        url="https://pubmed.ncbi.nlm.nih.gov/{}/",
        shown="PMID {}",
    ),
    Scheme(
        *("pmcid", "PubMed Central", "a PMCID"),
        *("PMC and digits, such as PMC4321643", "[1-9][0-9]{0,8}"),
        names="PMCID",
        stem="PMC",
        addresses=r"pmc\.ncbi\.nlm\.nih\.gov/articles/"
        r"|ncbi\.nlm\.nih\.gov/pmc/articles/|europepmc\.org/article/PMC/",
        url="https://pmc.ncbi.nlm.nih.gov/articles/PMC{}/",
    ),
    Scheme(
        *("doi", "DOI", "a DOI", "a DOI such as 10.1038/ng1783"),
        # A segment of dots would make the link lead elsewhere on doi.org.
        r"10\.[0-9]{4,9}/(?!(?:[!-~]*/)?\.{1,2}(?:/|$)|[^(]*\)$)"
        r"[!#-~]*[!#-+\-0-:<-~]",
        loose=r"10\.[0-9]{4,9}/[!-~]*[!-.0-~]",
        names="doi",
        addresses=r"(?:dx\.)?doi\.org/",
        url="https://doi.org/{}",
        shown="doi:{}",
        evident=True,
        settle=str.lower,
    ),
    Scheme(
        *("orcid", "ORCID", "an ORCID", "digits as in 0000-0002-1825-0097"),
        "(?:[0-9]{4}-){3}[0-9]{3}[0-9X]",
        loose="(?:[0-9]{4}-?){3}[0-9]{3}[0-9X]",
        names="ORCID(?: iD)?",
        addresses=r"orcid\.org/",
        url="https://orcid.org/{}",
        shown="ORCID {}",
        settle=_in_fours,
        checksum=check_digits.orcid,
        proof="the person's ORCID page",
    ),
    Scheme(
        *("ror", "ROR", "a ROR identifier", "9 characters, such as 03yrm5c26"),
        "0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}",
        names="ROR(?: ID)?",
        addresses=r"ror\.org/",
        url="https://ror.org/{}",
        shown="ROR {}",
        settle=str.lower,
        checksum=check_digits.ror,
        proof="the organisation's ROR page",
    ),
    Scheme(
        *("npi", "NPI", "an NPI", "10 digits, such as 1234567893"),
        "[12][0-9]{9}",
        names="NPI",
        addresses=r"npiregistry\.cms\.hhs\.gov/provider-view/",
        url="https://npiregistry.cms.hhs.gov/provider-view/{}",
        shown="NPI {}",
        checksum=check_digits.npi,
        proof="the NPI registry",
    ),
    Scheme(
        *("gmc", "GMC number", "a GMC number", "7 digits, such as 1234567"),
        "[0-9]{7}",
        names="GMC(?: number)?",
        shown="GMC {}",
    ),
    Scheme(
        *("issn", "ISSN", "an ISSN", "8 digits, such as 0028-4793"),
        "[0-9]{4}-[0-9]{3}[0-9X]",
        loose="[0-9]{4}-?[0-9]{3}[0-9X]",
        names="[ep]?ISSN",
        addresses=r"portal\.issn\.org/resource/ISSN/",
        url="https://portal.issn.org/resource/ISSN/{}",
        shown="ISSN {}",
        settle=_in_fours,
        checksum=check_digits.issn,
        proof="the journal's own page",
    ),
    Scheme(
        *("isbn", "ISBN", "an ISBN of 13 digits", "978 or 979 and 10 more digits"),
        "97[89][0-9]{10}",
        loose="97[89](?:[- ]?[0-9]){10}",
        names="ISBN(?:-13)?",
        shown="ISBN {}",
        settle=_without_gaps,
        checksum=check_digits.isbn,
        proof="the back of the book",
    ),
)

SCHEMES = {scheme.code: scheme for scheme in _TABLE}
