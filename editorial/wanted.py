"""By when a review is wanted: which day can be meant, how it is told. No database."""

from datetime import date, timedelta

from django.utils.formats import date_format

from editorial import clock

LONGEST = timedelta(days=366)


def why_not(day: date | None, before: date | None) -> str:
    """Return why a review cannot be wanted by a day, or ""; one left as it was may."""
    today = clock.today()
    if day in (None, before) or (day and today <= day <= today + LONGEST):
        return ""
    return "A review is wanted by a day from today on, and within a year: choose one."


def told(day: date | None) -> str:
    """Return by when a review is wanted, and that the day is over; "" for no day."""
    if day is None:
        return ""
    days = (clock.today() - day).days
    late = f", {days} day{'s' if days > 1 else ''} overdue" if days > 0 else ""
    return f"wanted by {date_format(day, 'j F Y')}{late}"
