"""The list of sources as readers see it: numbered, linked, linked back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from conditions import identifiers, wording
from conditions.models import SOURCE_SCHEMES, SourceKind
from conditions.schemes import SCHEMES


def numbers(sources: list[dict[str, Any]]) -> dict[str, int]:
    """Return the number of each source by its key, from 1."""
    return {source["key"]: number for number, source in enumerate(sources, 1)}


def typeset(
    sources: list[dict[str, Any]],
    cited: Mapping[str, int],
    retracted_since: Mapping[str, date],
) -> list[dict[str, Any]]:
    """Return each source in the words and links of its entry.

    `cited` says how often the body cites a key; `retracted_since` on which day a
    source was retracted, as known today.
    """
    return [
        {
            "number": number,
            "authors": wording.full_stop(source["authors"]),
            "title": wording.full_stop(source["title"]),
            "url": wording.https(source["url"]),
            "where": wording.full_stop(_where(source)),
            "kind": _kind(source["kind"]),
            "links": links(source),
            "read_on": wording.day(source["accessed_on"]),
            "retracted_on": wording.day(source["retracted_on"]),
            "retracted_since": retracted_since.get(source["key"]),
            "back": _back(number, cited.get(source["key"], 0)),
        }
        for number, source in enumerate(sources, 1)
    ]


def links(source: dict[str, Any]) -> list[dict[str, str]]:
    """Return the identifiers of a source as text and address, in a fixed order."""
    return [
        {
            "scheme": scheme,
            "value": source[scheme],
            "text": identifiers.display(scheme, source[scheme]),
            "url": identifiers.url(scheme, source[scheme]),
        }
        for scheme in SOURCE_SCHEMES
        if source[scheme]
    ]


def code(scheme: str, value: str) -> dict[str, str]:
    """Return a condition's identifier as label, text and address; old schemes too."""
    if scheme not in SCHEMES:
        return {"label": scheme, "value": value, "text": value, "url": ""}
    return {
        "label": identifiers.label(scheme),
        "value": value,
        "text": identifiers.display(scheme, value),
        "url": identifiers.url(scheme, value),
    }


def _where(source: dict[str, Any]) -> str:
    year = str(source["year"]) if source["year"] else ""
    return ", ".join(filter(None, (source["container"], year)))


def _kind(kind: str) -> str:
    """Name the kind where a reader would not guess it from the entry."""
    if kind in (SourceKind.ARTICLE, SourceKind.WEB) or kind not in SourceKind.values:
        return ""
    return f"{SourceKind(kind).label}."


def _back(number: int, times: int) -> list[dict[str, str]]:
    """Return a link to each place that cites the source."""
    return [
        {
            "href": f"#cite-{number}-{place}",
            "text": str(place) if times > 1 else "",
            "label": f"Back to citation {place} of source {number}",
        }
        for place in range(1, times + 1)
    ]
