"""Prints what readers get: each public answer as one finished row, sealed.

The only writer of Printed. Whoever answers from the editions prints that answer, unless
another one is wanted meanwhile: what `outdating` asks for, in the acts' transactions.
"""

import gzip
import logging
from collections.abc import Callable, Iterable, Iterator
from time import time
from typing import Any, NamedTuple, cast

from django.db import Error, transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.http import http_date, parse_http_date

from conditions import outdating, seals
from conditions.at_once import at_once
from conditions.delivery import deliver
from conditions.imprint import imprint
from conditions.models import Page, Printed
from conditions.often import Changed, Given, Often
from conditions.sheets import Head, Sheet

log = logging.getLogger(__name__)

# In the environment of a request: what keeps its answer, and the row that was there
# before, where whoever asks has read it.
KEEP, BEFORE = "conditions.press.keep", "conditions.press.before"
PRINTED = (200, 410)
BATCH = 200


class Before(NamedTuple):
    """A row as it stood before an answer was made, and its page's live edition then.

    That by its id and its record.
    """

    row: Printed
    live: int | None
    record: str | None

    def sheet(self) -> Sheet:
        return Sheet(*(getattr(self.row, name) for name in Sheet._fields))

    def head(self) -> Head | None:
        """Return what was printed before, if that was by us."""
        sheet = self.sheet()
        return Head.read(sheet.head) if sheet.is_sealed() else None


Keeper = Callable[[Sheet, Before | None], None]


def answer(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what a request gets of the answer that is made from the editions.

    It is printed on the way, where the way in asked for that.
    """
    keeper: Keeper | None = request.META.get(KEEP)
    if request.META.get("QUERY_STRING"):
        keeper = None
    before = request.META.get(BEFORE)
    if keeper and before is None:
        before = _before(request.path)
    made = make()
    if made.status_code not in PRINTED:
        return made
    sheet = compose(request.path, made, before)
    if keeper:
        keeper(sheet, before)
    status, headers, body = deliver(Head.read(sheet.head), sheet.body, request.META)
    return HttpResponse(body, status=status, headers=dict(headers))


def _before(address: str) -> Before | None:
    row = _row.first(address=address)
    now = cast(Any, row)
    return Before(row, now.live_now, now.record_now) if row else None


@Often
def _row() -> QuerySet[Printed]:
    page = Page.objects.filter(pk=OuterRef("page"))
    of_page = {"live_now": "live_edition", "record_now": "live_edition__record"}
    found = {name: Subquery(page.values(value)) for name, value in of_page.items()}
    return Printed.objects.annotate(**found).filter(address=Given("address"))


def compose(address: str, made: HttpResponse, before: Before | None) -> Sheet:
    """Return an answer as a sealed sheet, to be put in the place of the one before."""
    body = gzip.compress(made.content, 6, mtime=0)
    page, live = (before.row.page, before.live) if before else (None, None)
    sheet = Sheet(
        address=address,
        page=page,
        live=live,
        true_until=outdating.true_until(page, before.record) if before else 0,
        imprint=imprint(),
        head=_head(made, body, before).written(),
        body=body,
        code="",
    )
    return sheet._replace(code=seals.seal(sheet.words))


def _head(made: HttpResponse, body: bytes, before: Before | None) -> Head:
    """Return the head of an answer that is printed now.

    Or a second later than a printing of this second that said something else. What says
    the same was printed when it was first said.
    """
    now = int(time())
    head = Head.of(made, body)
    if last := before and before.head():
        if last._replace(printed_on="") == head:
            return last
        now = max(now, parse_http_date(last.printed_on) + 1)
    return head._replace(printed_on=http_date(now))


def keep(sheet: Sheet, before: Before | None) -> None:
    """Write a printing, unless another is wanted meanwhile.

    An address that is new is entered alone: what was read before it stood there may be
    outdated, and nobody could have said so. The next reader's answer is printed.
    """
    if before is None:
        outdating.enter_read(sheet.address)
    elif _is_to_be_trusted(before):
        _print(wanted=before.row.wanted, **sheet._asdict())


@Changed
def _print() -> tuple[QuerySet[Printed], dict[str, Any]]:
    wanted = Given("wanted")
    rows = Printed.objects.filter(address=Given("address"), wanted=wanted)
    return rows, {name: Given(name) for name in Sheet._fields} | {"printing": wanted}


def _is_to_be_trusted(before: Before) -> bool:
    """Say whether the next printing may stand in this row; if not, begin it anew.

    Nothing of a row that we did not seal goes into the next one: of one that was never
    printed, neither, but the page that its address is of.
    """
    sheet = before.sheet()
    is_new = not sheet.body and sheet.page == outdating.page_at(sheet.address)
    if is_new or sheet.is_sealed():
        return True
    if is_altered := not sheet.body or sheet.is_known():
        log.critical("%s was altered where it is stored: begun anew", sheet.address)
    outdating.begin_anew(sheet.address, is_altered=is_altered)
    return False


def keep_at_once(sheet: Sheet, before: Before | None) -> None:
    """Write a printing where that holds no reader up; else leave it to the next."""
    try:
        with at_once():
            keep(sheet, before)
    except Error as error:
        log.info("%s is not printed now: %s", sheet.address, error)


def print_now(address: str) -> int:
    """Print an address; return the status of its answer.

    One that cannot be printed is no longer entered: no page, or not as it was signed.
    """
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", address, address
    before = _before(address)
    if before and not _is_to_be_trusted(before):
        before = _before(address)
    request.META = {"REQUEST_METHOD": "GET", KEEP: keep, BEFORE: before}
    found = resolve(address)
    status = int(found.func(request, *found.args, **found.kwargs).status_code)
    if status not in PRINTED and before:
        Printed.objects.filter(address=address, wanted=before.row.wanted).delete()
    return status


def waiting() -> QuerySet[Printed]:
    """Select what Django answers for, since its row is not what readers should get."""
    ready = Q(printing=F("wanted"), imprint=imprint())
    ready &= Q(true_until=None) | Q(true_until__gt=int(time()))
    return Printed.objects.exclude(ready & Q(printing__isnull=False))


def print_waiting() -> Iterator[str]:
    """Print each address that is waiting, in a transaction of its own; yield each.

    In order of the addresses, each once, whatever is asked for meanwhile.
    """
    last = ""
    while found := _some_after(last, waiting()):
        for last in found:
            with transaction.atomic():
                print_now(last)
            yield last


def addresses() -> Iterator[str]:
    """Yield each address that is entered, in order, a part at a time."""
    last = ""
    while found := _some_after(last, Printed.objects.all()):
        yield from found
        last = found[-1]


def entered(addresses: Iterable[str]) -> set[str]:
    """Return those of the addresses that are entered."""
    rows = Printed.objects.filter(address__in=[*addresses])
    return set(rows.values_list("address", flat=True))


def _some_after(address: str, rows: QuerySet[Printed]) -> list[str]:
    rows = rows.filter(address__gt=address).order_by("address")
    return list(rows.values_list("address", flat=True)[:BATCH])


def count() -> int:
    """Return how many addresses are printed."""
    return Printed.objects.exclude(printing=None).count()


def count_of_others() -> int:
    """Return how many were printed by other code or settings: none is served."""
    return Printed.objects.exclude(printing=None).exclude(imprint=imprint()).count()


def count_entered() -> int:
    """Return how many addresses are entered, printed or not."""
    return Printed.objects.count()
