"""Lists of live pages as readers see them: entries, letters, figures, a profile."""

import logging
import unicodedata
from collections.abc import Iterable
from typing import Any

from conditions import markup, references, typesetting, wording
from conditions.models import Reviewer
from conditions.reading import Copy

log = logging.getLogger(__name__)

OTHER = "0–9"  # names that begin with no Latin letter


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
    """Return a live page as a line of a list: question, short answer, dates."""
    return {
        "question": copy.content["question"]["text"],
        "condition": typesetting.condition(copy.content["condition"]),
        "address": copy.address,
        "short_answer": typesetting.short_answer(copy.content),
        "standing": typesetting.standing(copy.record),
    }


def by_letter(copies: Iterable[Copy]) -> list[dict[str, Any]]:
    """Return conditions under their letters, in the order of a dictionary."""
    names = sorted(
        (typesetting.condition(copy.content["condition"]) for copy in copies),
        key=lambda condition: (folded(condition["name"]), condition["address"]),
    )
    letters: dict[str, list[dict[str, Any]]] = {}
    for condition in names:
        letters.setdefault(letter(condition["name"]), []).append(condition)
    return [
        {"letter": one, "id": f"letter-{one[0].lower()}", "conditions": found}
        for one, found in letters.items()
    ]


def folded(name: str) -> str:
    """Return a name without accents and capitals, to sort by."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def letter(name: str) -> str:
    """Return the letter that a name stands under: Ménière’s and Meckel’s under M."""
    first = folded(name)[:1].upper()
    return first if "A" <= first <= "Z" else OTHER


def figures(records: list[dict[str, Any]]) -> dict[str, int]:
    """Return how many pages are live, who signed them, and how many are overdue."""
    signers = {one["reviewer"] for record in records for one in record["signatures"]}
    overdue = [r for r in records if typesetting.standing(r)["overdue_since"]]
    return {"live": len(records), "reviewers": len(signers), "overdue": len(overdue)}


def profile(reviewer: Reviewer) -> dict[str, Any]:
    """Return a reviewer's current byline in words and links."""
    registration = (reviewer.registration_body, reviewer.registration_number)
    return {
        "name": wording.byline(reviewer.printed_name, reviewer.post_nominals),
        "role": ", ".join(filter(None, (reviewer.profession, reviewer.affiliation))),
        "registration": " ".join(filter(None, registration)),
        "orcid": references.code("orcid", reviewer.orcid) if reviewer.orcid else None,
        "biography": reviewer.biography,
    }
