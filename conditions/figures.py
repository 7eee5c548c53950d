"""How the reviewing goes, in figures: counted from what was published alone."""

import statistics
from datetime import date
from typing import Any

from django.utils import timezone

from conditions import typesetting, wording


def count(records: list[tuple[bool, dict[str, Any]]]) -> dict[str, Any]:
    """Return the figures of a day from the record of each edition made public.

    Each record comes with whether its edition is live. Ages are in days; the median
    of none is None.
    """
    today = timezone.localdate()
    live = [record for is_live, record in records if is_live]
    signed = [date.fromisoformat(record["signed_on"]) for record in live]
    ages = [(today - day).days for day in signed]
    kinds = [record["change_type"] for _, record in records]
    return {
        "today": today,
        "live": len(live),
        "conditions": len({record["address"].split("/")[2] for record in live}),
        "reviewers": len({one["reviewer"] for r in live for one in r["signatures"]}),
        "within_a_year": sum(_within_a_year(day, today) for day in signed),
        "median_age": round(statistics.median(ages)) if ages else None,
        "overdue": sum(bool(typesetting.standing(r)["overdue_since"]) for r in live),
        "editions": len(records),
        "corrections": kinds.count(wording.CORRECTION),
    }


def _within_a_year(day: date, today: date) -> bool:
    """Say whether a day is less than 12 months ago; no 29 February is in the way."""
    return (day.year + 1, day.month, day.day) > (today.year, today.month, today.day)
