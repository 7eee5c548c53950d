"""Tells conditions, pages, editions and acts as machines read them. No database.

Every word comes from an edition's frozen content and record, or from a publication.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from conditions import typesetting
from conditions.api.problems import ROOT
from conditions.models import Publication
from conditions.reading import Copy, PublicPage
from conditions.structured_data import site

Told = dict[str, Any]


def at(path: str) -> str:
    """Return the full address of a path below this API."""
    return site(ROOT + path)


def page_id(address: str) -> str:
    """Return what a page is called for ever: its slugs, as its address has them."""
    return address.removeprefix("/conditions/").strip("/")


def condition(copy: Copy) -> Told:
    """Return a condition by the words of an edition."""
    words = copy.content["condition"]
    return {
        **words,
        "url": site(copy.condition_address),
        "api_url": at(f"conditions/{words['slug']}"),
        "last_updated": copy.record["signed_on"],
    }


def page(copy: Copy) -> Told:
    """Return a live page without its text."""
    record, name = copy.record, page_id(copy.address)
    return {
        "id": name,
        "url": site(copy.address),
        "api_url": at(f"pages/{name}"),
        "question": copy.content["question"]["text"],
        "condition": copy.content["condition"]["slug"],
        "edition": copy.number,
        "last_updated": record["signed_on"],
        "next_review_due": record["review_due_on"],
        "overdue": typesetting.standing(record)["overdue_since"] is not None,
        "signed_by": [
            {key: one[key] for key in ("reviewer", "name", "post_nominals")}
            for one in record["signatures"]
        ],
        "content_sha256": copy.edition.content_sha256,
        "record_sha256": copy.edition.record_sha256,
    }


def whole_page(
    found: PublicPage, copy: Copy, retracted_since: Mapping[str, date]
) -> Told:
    """Return a live page with its text as it was signed."""
    return {
        **page(copy),
        "state": "live",
        "first_published_on": found.first_published_on.isoformat(),
        "retracted_since_review": {
            key: day.isoformat() for key, day in retracted_since.items()
        },
        "content": copy.content,
        "record": copy.record,
    }


def edition(copy: Copy, *, live: bool) -> Told:
    """Return one edition in full."""
    name = page_id(copy.address)
    return {
        "page": name,
        "edition": copy.number,
        "live": live,
        "url": site(f"{copy.address}editions/{copy.number}/"),
        "api_url": at(f"pages/{name}/editions/{copy.number}"),
        "content": copy.content,
        "record": copy.record,
        "content_sha256": copy.edition.content_sha256,
        "record_sha256": copy.edition.record_sha256,
    }


def act(publication: Publication) -> Told:
    """Return an act of publication; its note to readers is all that it says."""
    address = publication.page.address
    return {
        "kind": publication.kind,
        "page": page_id(address),
        "number": publication.number,
        "at": publication.at.isoformat(),
        "edition": publication.edition.number,
        "note": publication.note,
        "url": site(address),
        "api_url": at(f"pages/{page_id(address)}"),
    }
