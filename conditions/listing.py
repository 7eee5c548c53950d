"""Lists of live pages as readers see them: entries, a condition's hub, a profile."""

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any

from conditions import markup, references, typesetting, wording
from conditions.models import Reviewer
from conditions.reading import Copy

log = logging.getLogger(__name__)

ANSWERS = "Understand the condition"
RESEARCH = "Treatment and research"
CHANGED = 5  # of what changed last about a condition


def entries(copies: Iterable[Copy]) -> list[dict[str, Any]]:
    """Return live pages as lines of a list; one that cannot be shown is left out."""
    shown = []
    for copy in copies:
        try:
            shown.append(entry(copy))
        except markup.MarkupError as error:
            log.error("%s is left out of a list: %s", copy.address, error)
    return shown


def entry(copy: Copy) -> dict[str, Any]:
    """Return a live page as a line of a list, with its short answer."""
    return {
        **line(copy),
        "short_answer": typesetting.short_answer(copy.content),
        "summary": markup.to_text(copy.content["short_answer"]),
        "change": typesetting.changes([(copy.number, copy.record)])[0],
        # Frozen with a text: its page offers the search of the trial registry.
        "on_research": bool(copy.content["take_part"]["trial_search"]),
    }


def line(copy: Copy) -> dict[str, Any]:
    """Return what each line of a list says of a live page: question, dates."""
    return {
        "question": copy.content["question"]["text"],
        "address": copy.address,
        "standing": typesetting.standing(copy.record),
    }


def correction(copy: Copy) -> dict[str, Any]:
    """Return a correction as a line of the log: what was asked, of what, when, why."""
    return {
        "question": copy.content["question"]["text"],
        "address": copy.address,
        "condition": typesetting.condition(copy.content["condition"]),
        "number": copy.number,
        "edition_address": f"{copy.address}editions/{copy.number}/",
        "signed_on": date.fromisoformat(copy.record["signed_on"]),
        "note": copy.record["note"],
    }


def hub(copies: list[Copy]) -> dict[str, Any]:
    """Return a condition's answers: the first, with its short answer, and the others.

    The copies come in the order of their questions, which the groups keep.
    """
    shown = entries(copies)
    signed = sorted(copies, key=lambda copy: copy.edition.pk, reverse=True)
    groups = {
        ANSWERS: [one for one in shown[1:] if not one["on_research"]],
        RESEARCH: [one for one in shown[1:] if one["on_research"]],
    }
    return {
        "count": len(shown),
        "changed": entries(signed[:CHANGED]),
        "opening": shown[0] if shown else None,
        "groups": [
            {"name": name, "entries": found} for name, found in groups.items() if found
        ],
    }


def related(found: list[tuple[Copy, list[str]]]) -> list[dict[str, Any]]:
    """Return conditions with the genes they share with one, as lines of a list."""
    return [
        {**typesetting.condition(copy.content["condition"]), "shared": genes}
        for copy, genes in found
    ]


def profile(reviewer: Reviewer) -> dict[str, Any]:
    """Return a reviewer's current byline in words and links."""
    registration = (reviewer.registration_body, reviewer.registration_number)
    return {
        "name": wording.byline(reviewer.printed_name, reviewer.post_nominals),
        "profession": reviewer.profession,
        "affiliation": reviewer.affiliation,
        "registration": " ".join(filter(None, registration)),
        "orcid": references.code("orcid", reviewer.orcid) if reviewer.orcid else None,
        "biography": reviewer.biography,
    }


def signed(copies: list[Copy], slug: str) -> list[dict[str, Any]]:
    """Return live pages as lines of a list, each with the day of one's signature."""
    days = {
        copy.address: date.fromisoformat(one["at"][:10])
        for copy in copies
        for one in copy.record["signatures"]
        if one["reviewer"] == slug
    }
    shown = entries(copy for copy in copies if copy.address in days)
    return [{**one, "signed_on": days[one["address"]]} for one in shown]
