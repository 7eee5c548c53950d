"""Says which printed answers are no longer true, in the transaction of the act itself.

Writes of a row only that another printing of it is wanted; what the press prints then
is another matter. So an act costs the same however many pages the site has.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from conditions import content, kinship
from conditions.models import (
    LANGUAGE,
    Condition,
    Edition,
    Page,
    Printed,
    Publication,
    Reviewer,
)
from conditions.often import Added, Changed, Given, Often, of_several

SITEMAP_OF_LISTS = "/sitemap-lists.xml"
# Lists that tell of every page, or count them all.
OF_ALL = (
    *("/", "/conditions/", "/corrections/", "/about/review-process/"),
    *("/feeds/updates.atom", "/feeds/corrections.atom"),
    *("/sitemap.xml", SITEMAP_OF_LISTS),
)
# So that an act changes one part of the sitemap of each kind, however many there are.
# The protocol allows 50,000 addresses and 50 MB in a part; one of ours takes 300 bytes.
IDS_IN_A_PART = 10_000
# Below a page's own address; an edition's are below its number.
OF_A_PAGE = ("", "editions/", "review.json", "index.md")
OF_AN_EDITION = ("", "proof.json", "changes/")
BATCH = 500
ANOTHER = {"wanted": F("wanted") + 1}


def page_changed(page: Page, editions: Iterable[Edition]) -> None:
    """A page was published, withdrawn or put back: these editions came or went.

    All that carries its text, and every list that it stands in or is counted in.
    """
    lists = _enter_page(page, set(editions))
    # Other hubs too, since they name this condition for a gene that they share.
    lists += kinship.hubs(page.condition.genes)
    _want_of(lists, page=page.pk)


def _enter_page(page: Page, editions: set[Edition]) -> list[str]:
    """Enter a page, these editions of it, and the lists that tell of them."""
    at = page.address
    numbered = [f"{at}editions/{edition.number}/" for edition in editions]
    below = [at + name for name in OF_A_PAGE]
    below += [one + name for one in numbered for name in OF_AN_EDITION]
    slug = page.condition.slug
    of_condition = [f"/conditions/{slug}/", f"/feeds/{slug}.atom"]
    lists = [*OF_ALL, *of_condition, *_sitemap_parts(page), *_signers(editions)]
    _enter(dict.fromkeys(below, page.pk) | dict.fromkeys(lists))
    return lists


def _sitemap_parts(page: Page) -> Iterable[str]:
    for kind, pk in (("pages", page.pk), ("hubs", page.condition_id)):
        yield sitemap_part(kind, (pk - 1) // IDS_IN_A_PART + 1)


def sitemap_part(kind: str, part: int) -> str:
    """Return the address of a part of the sitemap, which lies above all in it."""
    return f"/conditions/sitemap-{kind}-{part}.xml"


def reviewer_changed(reviewer: Reviewer) -> None:
    """A byline was altered: their profile shows it as it is today."""
    _want(Q(address=_profile(reviewer.slug)))


def genes_changed(condition: Condition, before: Iterable[str]) -> None:
    """A condition has other genes: hubs name each other for those that they share."""
    hubs = kinship.hubs({*before, *condition.genes})
    _want(Q(address__in=[f"/conditions/{condition.slug}/", *hubs]))


def order_changed() -> None:
    """A question was altered: the lists of answers go by the questions' order."""
    _want(Q(page=None))


def retraction_changed(key: str) -> None:
    """A source was retracted, or is no longer: pages that cite it say so."""
    cited = f'"key":{content.canonical(key)}'
    pages = Edition.objects.filter(content__contains=cited).values("page")
    _want(Q(page__in=pages))


def enter_all() -> None:
    """Enter every address there is: for a site that was filled without the press."""
    acts = Publication.objects.select_related("edition", "page")
    acts = acts.select_related("page__condition", "page__question")
    acts = acts.defer("edition__content").order_by("page", "number")
    for _, of_page in groupby(acts.iterator(BATCH), lambda act: act.page_id):
        found = list(of_page)
        _enter_page(found[0].page, {act.edition for act in found})
    _enter({"/robots.txt": None})


def everything() -> None:
    """Have everything printed anew."""
    _want(Q())


def enter_read(address: str) -> None:
    """Give the address that somebody reads a row, under its page if it has one."""
    _enter({address: page_at(address)})


def begin_anew(address: str, *, is_altered: bool) -> None:
    """Empty a row that is not ours; note when, where somebody altered it."""
    Printed.objects.filter(address=address).update(
        page=page_at(address),
        wanted=F("wanted") + 1,
        printing=None,
        head="",
        body=b"",
        **({"altered_at": timezone.now()} if is_altered else {}),
    )


def page_at(address: str) -> int | None:
    """Return the id of the page that an address is of, or is below."""
    parts = address.split("/")
    if len(parts) < 5 or parts[1] != "conditions":
        return None
    at = {"condition__slug": parts[2], "question__slug": parts[3]}
    pages = Page.objects.filter(language=LANGUAGE, **at)
    return pages.values_list("pk", flat=True).first()


def true_until(page: int | None, record: str | None) -> int | None:
    """Return the midnight that makes an answer untrue, in seconds since 1970.

    A page is true until its review is overdue, and for good from then on, or while it
    is withdrawn: `record` is its live edition's. A list tells of many pages, and of
    today: it is printed anew each day.
    """
    last = today = timezone.localdate()
    if page:
        if record is None:
            return None
        last = date.fromisoformat(json.loads(record)["review_due_on"])
        if last < today:
            return None
    midnight = datetime.combine(last + timedelta(days=1), datetime.min.time())
    return int(timezone.make_aware(midnight).timestamp())


def _enter(addresses: dict[str, int | None]) -> None:
    """Enter addresses, each with the id of the page that it is of, if it is of one.

    Mostly all of them are there, and to ask for that costs a tenth.
    """
    there = {*_there(addresses)}
    missing = [pair for pair in addresses.items() if pair[0] not in there]
    while missing:
        some, missing = missing[:BATCH], missing[BATCH:]
        _add([part for pair in some for part in pair])


@of_several
def _there(addresses: list[Given]) -> Often[str]:
    rows = Printed.objects.filter(pk__in=addresses)
    return Often(lambda: rows.values_list("address", flat=True))


@of_several
def _add(parts: list[Given]) -> Added:
    """Add rows: of each its address, then its page."""
    pairs: Any = zip(parts[::2], parts[1::2], strict=True)
    rows = [Printed(address=address, page=page) for address, page in pairs]
    return Added(lambda: rows)


def _want(rows: Q) -> None:
    Printed.objects.filter(rows).update(**ANOTHER)


@of_several
def _want_of(addresses: list[Given]) -> Changed:
    rows = Printed.objects.filter(Q(page=Given("page")) | Q(address__in=addresses))
    return Changed(lambda: (rows, ANOTHER))


def _signers(editions: Iterable[Edition]) -> set[str]:
    """Return the profiles of all who signed one of the editions."""
    signed = [json.loads(edition.record)["signatures"] for edition in editions]
    return {_profile(one["reviewer"]) for all_of_it in signed for one in all_of_it}


def _profile(slug: str) -> str:
    return f"/reviewers/{slug}/"
