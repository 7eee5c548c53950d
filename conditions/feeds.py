"""Atom feeds: what was signed and made public, what was corrected, what was withdrawn.

Made of live editions and of acts alone; no date in a feed is that of its printing.
"""

import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from conditions import content, markup, news, typesetting, wording
from conditions.answers import public
from conditions.models import Edition, Publication, PublicationKind
from conditions.reading import Copy, signed_at
from conditions.structured_data import site

log = logging.getLogger(__name__)

MOST = 50  # entries
NEVER = datetime.fromtimestamp(0, UTC)  # when a feed without an entry changed
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
# What no XML 1.0 document can hold, in any spelling.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACED = "\ufffd"

Entry = dict[str, Any]


class Feed(Atom1Feed):
    """An Atom feed (RFC 4287) that says too which entries no longer stand."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        super().write_items(handler)
        for item in self.items:
            for gone in item["gone"]:
                said = {"ref": gone, "when": rfc3339_date(item["pubdate"])}
                handler.addQuickElement("at:deleted-entry", "", said)


@public
def updates(request: HttpRequest) -> HttpResponse:
    """Each page by the newest act on it: its live edition, or why it was withdrawn."""
    return compose(request.path, "Updates", "/", _of_acts(news.newest_acts(MOST)))


@public
def of_condition(request: HttpRequest, *, condition: str) -> HttpResponse:
    """The same of one condition; also of one whose pages are all withdrawn.

    Who follows it is to learn that, and why, and not to meet a feed that is gone.
    """
    acts = news.newest_acts(MOST, condition)
    if not acts:
        raise Http404
    hub, entries = f"/conditions/{condition}/", _of_acts(acts)
    name = next((one["condition"] for one in entries if one["condition"]), hub)
    return compose(request.path, name, hub, entries)


@public
def corrections(request: HttpRequest) -> HttpResponse:
    """What was corrected on the pages that are live; an earlier edition by its note."""
    found = [
        _of_edition(one, one.published_at, is_live=one.pk == one.page.live_edition_id)
        for one in news.newest_corrections(MOST)
    ]
    return compose(request.path, "Corrections", "/corrections/", filter(None, found))


def _of_acts(acts: Iterable[Publication]) -> list[Entry]:
    return [entry for act in acts if (entry := _of_act(act))]


def _of_act(act: Publication) -> Entry | None:
    if act.kind == PublicationKind.WITHDRAWN:
        return _tombstone(act)
    again = "" if act.kind == PublicationKind.PUBLISHED else f"#back-{act.number}"
    return _of_edition(act.edition, act.at, again=again)


def _tombstone(act: Publication) -> Entry:
    """Return why a page was withdrawn, and which entries of it no longer stand.

    An entry of its own: what a program knows already, it may not show again.
    """
    address, on = act.page.address, timezone.localdate(act.at)
    edition = site(f"{address}editions/{act.edition.number}/")
    # As it was published and, where it was put back since, by the act before.
    gone = (edition, f"{edition}#back-{act.number - 1}")
    return {
        "title": f"Withdrawn: {address}",
        "link": site(address),
        "unique_id": f"{edition}#withdrawn-{act.number}",
        "description": render_to_string(
            "conditions/_feed_withdrawn.html", {"withdrawn_on": on, "note": act.note}
        ),
        "pubdate": act.at,
        "updateddate": act.at,
        "categories": ["Withdrawn"],
        "condition": "",
        "gone": gone,
    }


def _of_edition(
    edition: Edition, published_at: datetime, *, again: str = "", is_live: bool = True
) -> Entry | None:
    """Return an edition's entry; None, and a report, if it cannot be shown."""
    try:
        return signed_entry(
            Copy.of(edition), published_at, again=again, is_live=is_live
        )
    except (content.Altered, markup.MarkupError) as error:
        log.error("edition %s is left out of a feed: %s", edition.pk, error)
        return None


def signed_entry(
    copy: Copy, published_at: datetime, *, again: str = "", is_live: bool = True
) -> Entry:
    """Return the entry of an edition; raise markup.MarkupError.

    `again` tells one that was put back from what it was before. The short answer is
    there while the edition is live.
    """
    (change,) = typesetting.changes([(copy.number, copy.record)])
    said = {
        "short_answer": typesetting.short_answer(copy.content) if is_live else "",
        "change": change,
        "changes": copy.number > 1 and site(f"{change['address']}changes/"),
    }
    return {
        "title": copy.content["question"]["text"],
        "link": site(copy.address),
        "unique_id": site(change["address"]) + again,
        "description": render_to_string("conditions/_feed_signed.html", said),
        "author_name": wording.listed(copy.content["authors"]) or None,
        "pubdate": published_at,
        "updateddate": signed_at(copy.record),
        "categories": [change["kind"]],
        "condition": typesetting.condition(copy.content["condition"])["name"],
        "gone": (),
    }


def compose(
    path: str, title: str, about: str, entries: Iterable[Entry]
) -> HttpResponse:
    """Return the feed at a path, about another path, of these entries."""
    feed = Feed(
        title=_writable(f"{title} – {settings.SITE_NAME}"),
        link=site(about),
        description="",
        subtitle=_writable(settings.SITE_NOTICE) or None,
        author_name=_writable(settings.SITE_NAME),
        feed_url=site(path),
        feed_guid=site(path),
        language=settings.LANGUAGE_CODE,
    )
    for entry in entries:
        feed.add_item(**{name: _writable(said) for name, said in entry.items()})
    return HttpResponse(feed.writeString("utf-8"), feed.content_type)


def _writable(said: Any) -> Any:
    return UNWRITABLE.sub(REPLACED, said) if isinstance(said, str) else said
