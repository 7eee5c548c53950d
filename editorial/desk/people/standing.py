"""How a credential stands today, in words and a colour. No database."""

from datetime import timedelta

from django.utils.formats import date_format

from editorial.desk import rows

SOON = timedelta(days=60)


def badge(paired, expires_on, today):
    """Return the badge of a credential; `expires_on` is None until it is verified."""
    words, colour = said(paired, expires_on, today)
    return rows.badge(words, colour)


def said(paired, expires_on, today):
    """Return the words of a credential's standing, and the colour to go with them."""
    if not paired:
        return "No account signs as this", ""
    if not expires_on:
        return "Not verified", "warn"
    day = date_format(expires_on, "j F Y")
    if expires_on < today:
        return f"Lapsed on {day}", "bad"
    if expires_on - today <= SOON:
        return f"Lapses on {day}", "warn"
    return f"Valid until {day}", "ok"


def of(account, today):
    """Return the words and the colour of an account's credential."""
    return said(True, account.verified_at and account.expires_on, today)
