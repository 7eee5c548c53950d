"""Checks of what a text points at: identifiers in its prose, registers, and links."""

import re
from collections.abc import Iterator
from functools import cache

from conditions import identifiers
from conditions.outline import Run
from editorial.checks.context import in_context
from editorial.checks.finding import Mark, Place
from editorial.checks.registry import check
from editorial.checks.ruleset import Rule
from editorial.checks.text import Text
from editorial.checks.words import any_of

# What looks like the rest of an identifier: it begins or goes on with a digit.
_VALUE = r"(?=[^\W\d_]{0,4}\d)[^\s,;()\[\]“”‘’]{1,200}"
_BARE_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S*\s*", re.IGNORECASE)


@check("P08")
def identifier(text: Text, rule: Rule) -> Iterator[Mark]:
    """Every identifier in the prose is well formed, and its check digit right."""
    leads = rule.table("leads")
    pattern = _written(tuple(leads.items()))
    schemes = {_folded(lead): code for code, words in leads.items() for lead in words}
    for field, runs in (("short_answer", text.short_runs), ("body", text.runs)):
        for run in runs:
            for found in pattern.finditer(run.text):
                words = found[0].rstrip(".:!?…'’”\"")
                if why := _fault(schemes[_folded(found["lead"])], words, found):
                    end = found.start() + len(words)
                    yield Mark(Place(field, *run.span(found.start(), end)), why)


def _fault(scheme: str, words: str, found: re.Match[str]) -> str:
    """Return what is wrong with an identifier, as its scheme says; "" where nothing."""
    stem = identifiers.SCHEMES[scheme].stem
    value = words if stem else words[found.start("value") - found.start() :]
    try:
        identifiers.clean(scheme, value)
    except identifiers.InvalidIdentifier as error:
        return str(error)
    return ""


def _folded(lead: str) -> str:
    return " ".join(lead.split()).casefold()


@cache
def _written(leads: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    """Return a pattern of a lead and what stands after it, the longest lead first."""
    every = sorted((lead for _, words in leads for lead in words), key=len)
    longest_first = "|".join(re.escape(lead) for lead in reversed(every))
    return re.compile(
        rf"(?<![\w/.-])(?P<lead>{longest_first})[ :#]{{0,3}}(?P<value>{_VALUE})"
    )


@check("P23")
def pointing(text: Text, rule: Rule) -> Iterator[Mark]:
    """A register that is named can be followed, and a link says where it leads."""
    yield from _unlinked(text, rule)
    empty = {" ".join(words.split()) for words in rule.words("empty_links")}
    for run in text.runs:
        for start, end, _ in run.links:
            words = " ".join(run.text[start:end].split()).casefold()
            if words.rstrip(".:>→… ") in empty or _BARE_ADDRESS.fullmatch(words):
                yield Mark(
                    Place("body", *run.span(start, end)),
                    "Say in the words of the link where it leads.",
                )


def _unlinked(text: Text, rule: Rule) -> Iterator[Mark]:
    """Mark the first mention of each register that the text neither links nor cites."""
    hosts = rule.table("registries")
    names = any_of(tuple(sorted(hosts, key=len, reverse=True)))
    others = any_of(rule.words("except"))
    by_name = {name.casefold(): value for name, value in hosts.items()}
    told: set[str] = set()
    for one in in_context(text):
        if one.sentence.field == "short_answer":
            continue
        words = others.sub(lambda found: " " * len(found[0]), one.sentence.words)
        for found in names.finditer(words):
            name = " ".join(found[0].split()).casefold()
            if name in told:
                continue
            told.add(name)
            if not one.cited and not _leads_to(by_name[name], one.sentence.run):
                yield Mark(
                    one.sentence.found(found),
                    f"Link {found[0]} here, or cite it.",
                )


def _leads_to(hosts: tuple[str, ...], run: Run) -> bool:
    return any(host in address for _, _, address in run.links for host in hosts)
