"""Gives headings their names in the page, and cells their place; changes no word."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from markdown_it.token import Token

from conditions.plain_words import words


def dress(tokens: Sequence[Token]) -> None:
    """Name the headings and dress the cells of a text that was just parsed."""
    _name_headings(tokens)
    for token in tokens:
        if token.type in ("th_open", "td_open"):
            _dress_cell(token)


def _name_headings(tokens: Sequence[Token]) -> None:
    used: set[str] = set()
    times: Counter[str] = Counter()
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        name = slug = _slug(words(tokens[index + 1]))
        while name in used:
            times[slug] += 1
            name = f"{slug}-{times[slug] + 1}"
        used.add(name)
        token.attrs["id"] = name


def _slug(said: str) -> str:
    plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
    return "h-" + (re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "section")


def _dress_cell(cell: Token) -> None:
    """Say alignment by class, since the page's policy refuses style attributes."""
    if style := cell.attrs.pop("style", None):
        cell.attrs["class"] = str(style).replace("text-align:", "align-")
    if cell.tag == "th":
        cell.attrs["scope"] = "col"
