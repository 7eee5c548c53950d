"""Identifiers of conditions, genes, papers, trials and people. No database.

The only module that decides whether an identifier is valid, and how it is written.
"""

import re
from urllib.parse import quote, unquote

from conditions.schemes import SCHEMES
from conditions.syntax import Scheme

__all__ = (
    *("SCHEMES", "InvalidIdentifier", "Scheme", "clean", "display", "is_own_word"),
    *("label", "recognise", "source_key", "split_key", "url"),
)

KEY_SCHEMES = ("pmid", "pmcid", "doi", "nct")

# Longer than any address of one of these pages; it keeps every match short.
_LONGEST = 1000


class InvalidIdentifier(ValueError):
    """One sentence: what is wrong with an identifier, and what is expected."""


def clean(scheme: str, text: str) -> str:
    """Return the one canonical value of what a person wrote or pasted.

    Names ("PMID: …"), addresses and blanks around it are left out. Raises
    InvalidIdentifier, also for a scheme that is not known.
    """
    found = _found(scheme)
    written = _tidy(found, text)
    match = found.typed.fullmatch(written)
    value = _value(found, match) if match else ""
    if not found.pattern.fullmatch(value):
        raise InvalidIdentifier(
            f"{_quoted(written)} is not {found.noun}: write {found.expected}."
        )
    if found.checksum and not found.checksum(value):
        raise InvalidIdentifier(
            f"{display(scheme, value)} has a wrong check digit: "
            f"compare it with {found.proof}."
        )
    return value


def url(scheme: str, value: str) -> str:
    """Return the https address of a canonical value, or "" where there is none."""
    found = _found(scheme)
    return found.url.format(quote(value.removeprefix(found.stem), safe="/"))


def label(scheme: str) -> str:
    """Return what a scheme is called: "ORPHAcode", "OMIM", "PubMed"."""
    return _found(scheme).label


def display(scheme: str, value: str) -> str:
    """Return a canonical value as readers see it: "ORPHA:337", "PMID 16642017"."""
    return _found(scheme).shown.format(value)


def recognise(text: str) -> tuple[str, str] | None:
    """Return (scheme, canonical value) of a pasted identifier that says what it is.

    Bare digits say nothing: 16642017 may be a paper or a trial. None for those, and
    for anything that `clean` would refuse.
    """
    for code, scheme in SCHEMES.items():
        try:
            match = scheme.typed.fullmatch(_tidy(scheme, text))
            if match and (
                match["name"] or match["address"] or scheme.stem or scheme.evident
            ):
                return code, clean(code, text)
        except InvalidIdentifier:
            continue
    return None


def source_key(scheme: str, value: str) -> str:
    """Return the key that texts cite a source by: "pmid:16642017".

    Raises InvalidIdentifier for other schemes than those of papers and trials, and for
    a DOI that would break the citation it stands in.
    """
    if scheme not in KEY_SCHEMES:
        raise InvalidIdentifier(
            f"{_quoted(scheme)} cannot begin a key: use {', '.join(KEY_SCHEMES)}, "
            "or a word of your own such as gard-poh."
        )
    if scheme == "doi":
        _refuse_breaking_mark(value.strip().rstrip(".,;"))
    value = clean(scheme, value)
    if scheme == "doi":
        _refuse_breaking_mark(value)
    return f"{scheme}:{value}"


def split_key(key: str) -> tuple[str, str] | None:
    """Return (scheme, value as written) of a key, or None for a word of one's own."""
    scheme, colon, value = key.partition(":")
    scheme = scheme.strip().lower()
    return (scheme, value.strip()) if colon and scheme in KEY_SCHEMES else None


def is_own_word(key: str) -> bool:
    """Say whether a key is a word of one's own, such as gard-poh."""
    return bool(re.fullmatch("[a-z][a-z0-9-]{1,60}", key))


def _found(scheme: str) -> Scheme:
    if scheme not in SCHEMES:
        raise InvalidIdentifier(
            f"{_quoted(scheme)} is not a known scheme: use {', '.join(SCHEMES)}."
        )
    return SCHEMES[scheme]


def _tidy(scheme: Scheme, text: str) -> str:
    """Return the text without blanks around it and the stop or bracket after it.

    Refuses what looks like another character or like none: full-width digits, dashes
    that are not hyphens, zero-width marks.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        raise InvalidIdentifier(
            f"{_quoted(text)} is too long for {scheme.noun}: write {scheme.expected}."
        )
    if odd := re.search(r"[^ -~]", text):
        raise InvalidIdentifier(
            f"{_quoted(text)} holds the character U+{ord(odd[0]):04X}, which is not in "
            f"{scheme.noun}: type it again with plain letters, digits and hyphens."
        )
    return text.rstrip(".,; " if "(" in text else ".,; )")


def _value(scheme: Scheme, match: re.Match[str]) -> str:
    if match["address"]:
        # Kept where nothing follows: old DOIs of Wiley's end in a bare # or ?.
        value = unquote(re.sub("[?#].+", "", match["address"]))
    else:
        value = match["written"]
    return scheme.stem + scheme.settle(value)


def _refuse_breaking_mark(doi: str) -> None:
    if mark := re.search(r"[\];\s]", doi.partition("10.")[2]):
        name = "a blank" if mark[0].isspace() else f"“{mark[0]}”"
        raise InvalidIdentifier(
            f"The DOI {_quoted(doi)} holds {name}, which would break its citations: "
            "use a word of your own as the key, such as shore-2002."
        )


def _quoted(text: str) -> str:
    """Return the start of a text in quotation marks, hidden characters made visible."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:60])
    return f"“{shown}…”" if len(text) > 60 else f"“{shown}”"
