"""The site's own furniture of words: dates, names and states as readers see them."""

from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote

from django.utils.dateformat import format as formatted

REVIEWED = "Medically reviewed summary"
CORRECTION = "correction"
CHANGES = {
    "first_edition": "First edition",
    "no_change": "Reviewed without change",
    "new_evidence": "New evidence",
    CORRECTION: "Correction",
    "wording": "Wording",
}
DRAFTED = {
    "person": "Drafted by a person",
    "machine_assisted": "Drafted by a person with machine assistance",
    "machine_drafted": "Drafted by a machine, edited by a person",
}


def sentence_start(text: str) -> str:
    """Return a name as it stands at the start of a sentence or a list."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1000)
def long_date(day: date) -> str:
    """Return a date as 8 May 2026, which a screen reader says rightly."""
    return formatted(day, "j F Y")


def day(text: str) -> date | None:
    """Return the date that a frozen text holds, or None where there is none."""
    return date.fromisoformat(text) if text else None


def signed_at(at: str, zone: str) -> str:
    """Return a signature's time with its zone: 8 May 2026, 14:03 Europe/Berlin."""
    moment = datetime.fromisoformat(at)
    offset = "" if zone == "UTC" else f" (UTC{moment.isoformat()[-6:]})"
    return f"{long_date(moment.date())}, {moment:%H:%M} {zone}{offset}"


def full_stop(text: str) -> str:
    """Return a text with a full stop, unless it ends a sentence or is empty."""
    ended = text.rstrip("”\"')").endswith((".", "?", "!"))
    return text if ended or not text else f"{text}."


def listed(names: list[str]) -> str:
    """Return names as a sentence lists them: A, B and C."""
    *most, last = names or [""]
    return f"{', '.join(most)} and {last}" if most else last


def byline(name: str, post_nominals: str) -> str:
    """Return a printed name with what stands behind it: Dr Ines Falk, MD."""
    return ", ".join(filter(None, (name, post_nominals)))


def change(kind: str) -> str:
    """Return a change type in words."""
    return CHANGES.get(kind, sentence_start(kind.replace("_", " ")))


def drafted(how: str, note: str) -> str:
    """Return how a text was drafted, with its note, in whole sentences."""
    said = DRAFTED.get(how, sentence_start(how.replace("_", " ")))
    return " ".join(filter(None, (full_stop(said), full_stop(note))))


def https(address: str) -> str:
    """Return an address that a page may link to, or "" for any other."""
    return address if address.startswith("https://") else ""


def trial_search(name: str) -> str:
    """Return the search of the trial registry for a condition's exact name."""
    return "https://clinicaltrials.gov/search?cond=" + quote(f'"{name}"', safe="")
