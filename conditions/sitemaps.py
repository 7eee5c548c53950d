"""sitemap.xml: an index, and parts by ranges of ids; with the time of each sign-off.

Not by django.contrib.sitemaps, which counts its parts off: a page more would move all
that come after it into other parts, and here an act changes one part of each kind.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.xmlutils import SimplerXMLGenerator

from conditions import browsing, news
from conditions.answers import public
from conditions.outdating import IDS_IN_A_PART, SITEMAP_OF_LISTS, sitemap_part
from conditions.reading import signed_at
from conditions.structured_data import site

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
RECORDS = {
    "pages": browsing.records_of_pages,
    "hubs": browsing.records_of_conditions,
}
IDS = {"pages": "pk", "hubs": "condition_id"}

Entries = Iterable[tuple[str, datetime | None]]


@public
def index(request: HttpRequest) -> HttpResponse:
    """Every part in which something is live, and when something of it came or went.

    That is the time of an act: a withdrawal changes a part, and signs nothing.
    """
    return _xml("sitemapindex", "sitemap", [(SITEMAP_OF_LISTS, None), *_parts()])


def _parts() -> Iterator[tuple[str, datetime]]:
    for kind, ids in IDS.items():
        for run, acted_at in news.runs_of_ids(ids, IDS_IN_A_PART):
            yield sitemap_part(kind, run + 1), acted_at


@public
def part(request: HttpRequest, *, kind: str, number: int) -> HttpResponse:
    """One part: the live pages, or the hubs of conditions, with ids of a range."""
    first = (number - 1) * IDS_IN_A_PART + 1
    records = RECORDS[kind](range(first, first + IDS_IN_A_PART))
    entries = [(_address(kind, record), signed_at(record)) for record in records]
    if not entries:
        raise Http404
    return _xml("urlset", "url", entries)


def _address(kind: str, record: dict[str, Any]) -> str:
    """Return the address of a page, or of the hub above it, as it was signed."""
    page: str = record["address"]
    return page if kind == "pages" else f"{page.rstrip('/').rpartition('/')[0]}/"


@public
def lists(request: HttpRequest) -> HttpResponse:
    """The lists; those by which pages are found change with each sign-off."""
    newest = browsing.newest_record()
    at = signed_at(newest) if newest else None
    entries = [("/", at), ("/conditions/", at), ("/corrections/", None)]
    return _xml("urlset", "url", [*entries, ("/about/review-process/", None)])


def _xml(outer: str, inner: str, entries: Entries) -> HttpResponse:
    written = StringIO()
    xml: Any = SimplerXMLGenerator(written, "utf-8")
    xml.startDocument()
    xml.startElement(outer, {"xmlns": NAMESPACE})
    for path, at in entries:
        xml.startElement(inner, {})
        xml.addQuickElement("loc", site(path))
        if at:
            xml.addQuickElement("lastmod", at.isoformat(timespec="seconds"))
        xml.endElement(inner)
    xml.endElement(outer)
    xml.endDocument()
    return HttpResponse(written.getvalue(), "application/xml; charset=utf-8")
