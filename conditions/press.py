"""Prints what readers get: each public answer as one finished row, sealed.

The only writer of Printed. Whoever answers from the editions prints that answer, unless
another one is wanted meanwhile: what `outdating` asks for, in the acts' transactions.
"""

import gzip
import logging
from collections.abc import Callable, Iterable, Iterator
from time import time

from django.db import Error, transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.http import http_date, parse_http_date

from conditions import outdating, seals
from conditions.at_once import at_once
from conditions.delivery import deliver
from conditions.imprint import imprint, is_ready
from conditions.models import Printed
from conditions.sheets import Sheet
from conditions.taking import take

log = logging.getLogger(__name__)

# In the environment of a request: what keeps its answer.
KEEP = "conditions.press.keep"
PRINTED = (200, 410)
BATCH = 200

Keeper = Callable[[Sheet, Sheet | None], None]


def answer(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what a request gets of the answer that is made from the editions.

    It is printed on the way, where the way in asked for that.
    """
    keeper: Keeper | None = request.META.get(KEEP)
    if request.META.get("QUERY_STRING"):
        keeper = None
    before = take(request.path) if keeper else None
    made = make()
    if made.status_code not in PRINTED:
        return made
    sheet = compose(request.path, made, before)
    if keeper:
        keeper(sheet, before)
    status, headers, body = deliver(sheet, request.META)
    return HttpResponse(body, status=status, headers=dict(headers))


def compose(address: str, made: HttpResponse, before: Sheet | None) -> Sheet:
    """Return an answer as a sealed sheet, to be put in the place of the one before."""
    body = gzip.compress(made.content, 6, mtime=0)
    live = before and before.live_now
    sheet = Sheet(
        status=made.status_code,
        headers="\n".join(f"{name}: {value}" for name, value in made.items()),
        printed_on="",
        sha256=seals.sha256(body),
        body=body,
        address=address,
        page=before and before.page,
        live=live,
        true_until=outdating.true_until(before.page, live) if before else 0,
        imprint=imprint(),
        key="",
        code="",
        wanted=before.wanted if before else 0,
        printing=before and before.wanted,
        live_now=live,
    )
    return _sealed(sheet._replace(printed_on=_printed_on(sheet, before)))


def _sealed(sheet: Sheet) -> Sheet:
    key, code = seals.seal(sheet.words)
    return sheet._replace(key=key, code=code)


def _printed_on(sheet: Sheet, before: Sheet | None) -> str:
    """Return now; but later than a printing of this second that said something else.

    What says the same was printed when it was first said.
    """
    now = int(time())
    if before and before.printed_on:
        if (before.sha256, before.headers) == (sheet.sha256, sheet.headers):
            return before.printed_on
        now = max(now, parse_http_date(before.printed_on) + 1)
    return http_date(now)


def keep(sheet: Sheet, before: Sheet | None) -> None:
    """Write a printing, unless another is wanted meanwhile.

    An address that is new is entered alone: what was read before it stood there may be
    outdated, and nobody could have said so. The next reader's answer is printed.
    """
    if before is None:
        outdating.enter_read(sheet.address)
    elif _is_to_be_trusted(before):
        fields = {name: getattr(sheet, name) for name in WRITTEN}
        rows = Printed.objects.filter(address=sheet.address, wanted=before.wanted)
        rows.update(**fields)


def _is_to_be_trusted(before: Sheet) -> bool:
    """Say whether the next printing may stand in this row; if not, begin it anew.

    Nothing of a row that we did not seal goes into the next one.
    """
    if not before.body or before.is_sealed():
        return True
    if is_altered := before.is_altered():
        log.critical("%s was altered where it is stored: begun anew", before.address)
    outdating.begin_anew(before.address, is_altered=is_altered)
    return False


WRITTEN = (
    *("printing", "live", "status", "headers", "printed_on", "true_until"),
    *("imprint", "key", "code", "sha256", "body"),
)


def keep_at_once(sheet: Sheet, before: Sheet | None) -> None:
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
    request.META = {"REQUEST_METHOD": "GET", KEEP: keep}
    before = take(address)
    if before and not _is_to_be_trusted(before):
        before = take(address)
    found = resolve(address)
    status = int(found.func(request, *found.args, **found.kwargs).status_code)
    if status not in PRINTED and before:
        Printed.objects.filter(address=address, wanted=before.wanted).delete()
    return status


def print_in_the_act(address: str) -> None:
    """Print an address within the act that changed it, which no fault of it hinders."""
    if not is_ready():
        return
    try:
        with transaction.atomic():
            print_now(address)
    except Exception:
        log.exception("%s is not printed yet", address)


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


def count_entered() -> int:
    """Return how many addresses are entered, printed or not."""
    return Printed.objects.count()
