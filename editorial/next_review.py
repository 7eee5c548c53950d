"""When a page is reviewed next: the last day that may be chosen, and the day offered.

Reads only. The day that counts is the one that a signature freezes.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import shorten

from django.conf import settings
from django.db.models import Exists, OuterRef

from conditions import markup
from conditions.wording import long_date
from editorial import clock, preflight
from editorial.checks.ageing import Lapse, first_lapse
from editorial.checks.ruleset import rules
from editorial.models import SignOff, Summary

MONTH = 30  # days by which a review is brought forward at most, so that few meet
SHARE = 4  # and never by more than this part of the time that there is
A_QUOTE = 120  # letters of a statement, in a sentence about it


@dataclass(frozen=True)
class Limit:
    """The last day on which the next review may be due, and what sets it.

    The question's interval, or the first statement to lapse where that comes sooner.
    """

    on: date
    months: int
    lapse: Lapse | None

    @property
    def is_set_by_lapse(self) -> bool:
        return bool(self.lapse and self.lapse.on == self.on)

    def why_not(self, day: date) -> str:
        """Return why the next review cannot be due on that day, or ""."""
        today = clock.today()
        if today < day <= self.on:
            return ""
        if not (self.lapse and self.is_set_by_lapse):
            return (
                f"The next review is due after today and by {self.on.isoformat()}: "
                f"{self.months} months at most."
            )
        said = f"{long_date(self.on)}, when this must be checked: {_quoted(self.lapse)}"
        if self.on > today:
            return f"The next review is due after today and by {said}"
        return (
            f"Nothing can be signed on {said} Request changes, so that a writer "
            "checks it and writes the new date."
        )

    def told(self) -> str:
        """Return, for whoever chooses a day, what the last one is and why."""
        last = f"By {long_date(self.on)}"
        if self.lapse and self.is_set_by_lapse:
            return f"{last}, when this must be checked: {_quoted(self.lapse)}"
        return f"{last}: {self.months} months at most."


def limit(summary: Summary) -> Limit:
    """Return the last day for the text as it stands, counted from today."""
    months = summary.question.review_interval_months
    end, lapse = clock.months_after(clock.today(), months), _first_lapse(summary)
    return Limit(min(end, lapse.on) if lapse else end, months, lapse)


def offered(summary: Summary, last: Limit) -> date:
    """Return the day to offer: of those just before the last, one with few reviews.

    The same for the same summary and reviews. Where days are equally free each summary
    begins at one of its own, so that forms opened at once differ too. One query.
    """
    window = min(MONTH, (last.on - clock.today()).days // SHARE)
    if window < 1:
        return last.on
    due, own = _due_between(last.on - timedelta(window), last.on), summary.pk
    days = [
        last.on - timedelta((own + step) % (window + 1)) for step in range(window + 1)
    ]
    return min(days, key=lambda day: due[day])


def _due_between(first: date, last: date) -> Counter[date]:
    """Return how many summaries are due on each day, by their newest signature."""
    newer = SignOff.objects.filter(summary=OuterRef("summary"), pk__gt=OuterRef("pk"))
    due = SignOff.objects.filter(review_due_on__range=(first, last))
    days = due.filter(~Exists(newer)).order_by()
    return Counter(days.values_list("review_due_on", flat=True))


def _first_lapse(summary: Summary) -> Lapse | None:
    try:
        text = preflight.gathered(
            summary.condition,
            summary.question,
            short_answer=summary.short_answer,
            body=summary.body,
            sources=(),  # what a statement is does not hang on them
            evidence_searched_on=summary.evidence_searched_on,
        )
        return first_lapse(text, rules(settings.PREFLIGHT_RULES)["P10"])
    except markup.MarkupError:
        return None  # nobody can sign a text outside the grammar


def _quoted(lapse: Lapse) -> str:
    return f"“{shorten(lapse.words, A_QUOTE, placeholder=' …')}”."
