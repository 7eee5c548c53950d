"""Conditions and their other names under their letters, as in a dictionary."""

from collections.abc import Iterable
from itertools import groupby
from string import ascii_uppercase
from typing import Any

from conditions import typesetting, wording
from conditions.folding import folded
from conditions.reading import Copy

OTHER = "0–9"  # names that begin with no Latin letter


def by_letter(copies: Iterable[Copy]) -> list[dict[str, Any]]:
    """Return the letters that hold a name: each name, and what it is another name of.

    A condition stands under its own name and, as a pointer, under every other one.
    """
    found = sorted(_names(copies), key=_in_order)
    sections = groupby(found, key=lambda name: letter(name["name"]))
    return [_section(one, list(names)) for one, names in sections]


def all_letters(sections: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return every letter in order; one without a name has no id to jump to."""
    ids = {section["letter"]: section["id"] for section in sections}
    letters = [OTHER] if OTHER in ids else []
    return [
        {"letter": one, "id": ids.get(one, "")} for one in (*letters, *ascii_uppercase)
    ]


def letter(name: str) -> str:
    """Return the letter that a name stands under: Ménière’s and Meckel’s under M."""
    first = folded(name)[:1].upper()
    return first if "A" <= first <= "Z" else OTHER


def _names(copies: Iterable[Copy]) -> Iterable[dict[str, Any]]:
    for copy in copies:
        condition = typesetting.condition(copy.content["condition"])
        yield {**condition, "of": ""}
        for other in condition["also_called"]:
            name = wording.sentence_start(other)
            yield {**condition, "name": name, "of": condition["name"]}


def _in_order(name: dict[str, Any]) -> tuple[bool, str, str]:
    return (
        letter(name["name"]) != OTHER,
        folded(name["name"]),
        name["address"],
    )


def _section(one: str, names: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "letter": one,
        "id": f"letter-{one[0].lower()}",
        "names": names,
        "conditions": sum(not name["of"] for name in names),
        "others": sum(bool(name["of"]) for name in names),
    }
