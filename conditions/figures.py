"""How the reviewing goes, in figures: counted from what was published alone."""

import statistics
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from conditions import typesetting, wording


def count(records: Iterable[tuple[bool, dict[str, Any]]]) -> dict[str, Any]:
    """Return the figures of a day from the record of each edition made public.

    Each record comes with whether its edition is live, and is let go of when it was
    counted. Ages are in days; the median of none is None.
    """
    today = timezone.localdate()
    signed, kinds = list[date](), Counter[str]()
    conditions, reviewers, overdue = set[str](), set[str](), 0
    for is_live, record in records:
        kinds[record["change_type"]] += 1
        if is_live:
            standing = typesetting.standing(record, today)
            signed.append(standing["last_updated"])
            overdue += bool(standing["overdue_since"])
            conditions.add(record["address"].split("/")[2])
            reviewers.update(one["reviewer"] for one in record["signatures"])
    ages = [(today - day).days for day in signed]
    return {
        "today": today,
        "live": len(signed),
        "conditions": len(conditions),
        "reviewers": len(reviewers),
        "within_a_year": sum(_within_a_year(day, today) for day in signed),
        "median_age": round(statistics.median(ages)) if ages else None,
        "overdue": overdue,
        "editions": kinds.total(),
        "corrections": kinds[wording.CORRECTION],
    }


def _within_a_year(day: date, today: date) -> bool:
    """Say whether a day is less than 12 months ago; no 29 February is in the way."""
    return (day.year + 1, day.month, day.day) > (today.year, today.month, today.day)
