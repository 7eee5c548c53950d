"""How the desk works, in figures by month: counted from what is kept. Reads only."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate, zip_longest
from statistics import mean, median

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from conditions.models import Publication, PublicationKind
from editorial import clock
from editorial.models import RefusedSigning, SignOff, Summary
from editorial.states import INTO_REVIEW

MONTHS = 12  # this one and those before it
DECIDING = ("sign_off", "request_changes")
A_DAY = 86_400  # seconds


@dataclass(frozen=True)
class Line:
    """One month: what the chart draws, and what the table says beside it.

    `value` is None where there is nothing to count; `low` and `high` are its range.
    """

    month: date
    cells: tuple[float | int | None, ...]
    value: float | int | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Report:
    """A question about the work, its figures by month, and what they count."""

    name: str
    title: str
    says: str
    unit: str
    columns: tuple[str, ...]
    lines: list[Line]


def all_of_them() -> list[Report]:
    """Return every report, with the figures of the last months."""
    return [make() for make in REPORTS.values()]


def time_in_review() -> Report:
    """Days from entering review to the decision, by the month of the decision."""
    moves = _moves()
    entered = moves.filter(
        id=OuterRef("id"), revision__lt=OuterRef("revision"), move__in=INTO_REVIEW
    )
    decided = moves.filter(move__in=DECIDING, history_date__gte=_beginning())
    entered_at = Subquery(entered.order_by("-revision").values("history_date")[:1])
    spans = decided.annotate(entered_at=entered_at).order_by()
    taken = _by_month(
        (at, (at - since).total_seconds() / A_DAY)
        for at, since in spans.values_list("history_date", "entered_at")
        if since
    )
    lines = []
    for month, days in taken.items():
        half, low, high = (
            (round(float(one(days)), 1) if days else None) for one in (median, min, max)
        )
        lines.append(Line(month, (len(days), half, low, high), half, low, high))
    return Report(
        name="time-in-review",
        title="Time in review",
        says="Days from submission to the signature, or to the request for changes: "
        "the median, and from the shortest to the longest.",
        unit="days",
        columns=("Decisions", "Median days", "Shortest", "Longest"),
        lines=lines,
    )


def rounds() -> Report:
    """Submissions that an edition took, by the month in which it was signed."""
    moves = _moves()
    of_it = moves.filter(id=OuterRef("id"), revision__lt=OuterRef("revision"))
    before = of_it.filter(move="sign_off").order_by("-revision").values("revision")[:1]
    sent = of_it.filter(move__in=INTO_REVIEW, revision__gt=OuterRef("before"))
    counted = sent.order_by().values("id").annotate(n=Count("pk")).values("n")
    signed = moves.filter(move="sign_off", history_date__gte=_beginning())
    signed = signed.annotate(before=Coalesce(Subquery(before), 0))
    rows = signed.annotate(rounds=Subquery(counted)).order_by()
    taken = _by_month(rows.values_list("history_date", "rounds"))
    lines = []
    for month, counts in taken.items():
        average = round(float(mean(counts)), 1) if counts else None
        most = max(counts, default=None)
        lines.append(Line(month, (len(counts), average, most), average))
    return Report(
        name="rounds",
        title="Rounds of review",
        says="How often a text was sent to review for one edition: the mean of the "
        "editions signed in that month.",
        unit="rounds an edition",
        columns=("Editions signed", "Mean rounds", "Most rounds"),
        lines=lines,
    )


def overdue() -> Report:
    """Live pages past their review at each month's end; this month's is today."""
    days = [*_months()[1:], clock.today()]
    moments = [*map(_midnight, days[:-1]), clock.now()]
    # How many more there are at the end of each month than at the one before.
    live, late = [0] * (MONTHS + 1), [0] * (MONTHS + 1)
    for since, until, due in _lives():
        first, end = bisect_right(moments, since), bisect_right(moments, until)
        overdue_from = max(first, bisect_right(days, due))
        for counts, begin in ((live, first), (late, overdue_from)):
            if begin < end:
                counts[begin] += 1
                counts[end] -= 1
    told = zip(_months(), accumulate(live[:-1]), accumulate(late[:-1]), strict=True)
    lines = [Line(month, (live, late), late) for month, live, late in told]
    return Report(
        name="overdue",
        title="Reviews overdue",
        says="Live pages whose review was overdue at the end of the month; in this "
        "month, now.",
        unit="pages",
        columns=("Live pages", "Overdue"),
        lines=lines,
    )


def refused() -> Report:
    """Signings that were refused."""
    found = RefusedSigning.objects.filter(at__gte=_beginning()).order_by()
    taken = _by_month(found.values_list("at", "wrong_password"))
    return Report(
        name="refused-signings",
        title="Refused signings",
        says="Attempts to sign that were refused, and how many of them for a wrong "
        "password or code.",
        unit="refusals",
        columns=("Refused", "For a wrong password or code"),
        lines=[
            Line(month, (len(wrong), sum(wrong)), len(wrong))
            for month, wrong in taken.items()
        ],
    )


REPORTS: dict[str, Callable[[], Report]] = {
    "time-in-review": time_in_review,
    "rounds": rounds,
    "overdue": overdue,
    "refused-signings": refused,
}


def _moves():  # type: ignore[no-untyped-def]
    return Summary.history.model.objects.all()


def _lives() -> Iterable[tuple[datetime, datetime, date]]:
    """Yield since when and until when an edition was live, and its next review."""
    due = _due()
    acts = Publication.objects.order_by("page_id", "number").values_list(
        *("page__condition_id", "page__question_id", "edition__number"),
        *("edition__content_sha256", "kind", "at"),
    )
    rows = list(acts)
    for row, following in zip_longest(rows, rows[1:]):
        *edition, kind, at = row
        if kind == PublicationKind.WITHDRAWN or tuple(edition) not in due:
            continue
        ends = following and following[:2] == row[:2]
        yield at, following[-1] if ends else _for_ever(), due[tuple(edition)]


def _due() -> dict[tuple[int, int, int, str], date]:
    """Return the next review of each edition: the earliest that its signers said."""
    found: dict[tuple[int, int, int, str], date] = {}
    for *edition, day in SignOff.objects.order_by().values_list(
        *("summary__condition_id", "summary__question_id", "edition_number"),
        *("content_sha256", "review_due_on"),
    ):
        key = tuple(edition)
        found[key] = min(day, found.get(key, day))
    return found


def _by_month(found: Iterable[tuple[datetime, float]]) -> dict[date, list[float]]:
    """Return what was counted under each month, in the site's zone."""
    taken: dict[date, list[float]] = {month: [] for month in _months()}
    midnights, months = [_midnight(month) for month in taken], list(taken)
    for at, value in found:
        if number := bisect_right(midnights, at):
            taken[months[number - 1]].append(value)
    return taken


def _months() -> list[date]:
    """Return the first day of each month that is counted, the oldest first."""
    now = clock.today().replace(day=1)
    return [clock.months_after(now, -ago) for ago in reversed(range(MONTHS))]


def _beginning() -> datetime:
    return _midnight(_months()[0])


def _midnight(day: date) -> datetime:
    return clock.local(clock.now()).replace(
        year=day.year,
        month=day.month,
        day=day.day,
        hour=0,
        minute=0,
        second=0,
        microsecond=0,
    )


def _for_ever() -> datetime:
    return datetime.max.replace(tzinfo=clock.now().tzinfo)
