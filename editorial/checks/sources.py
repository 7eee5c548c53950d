"""Checks of the sources that a text cites: enough, findable, not retracted, in time."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from conditions import identifiers
from conditions.wording import long_date
from editorial.checks.finding import WHOLE, Mark, Place, Severity
from editorial.checks.registry import check
from editorial.checks.ruleset import Rule
from editorial.checks.text import Known, Text


@check("P07")
def sources(text: Text, rule: Rule) -> Iterator[Mark]:
    """Enough sources are cited, and each can be found."""
    known = {source.key: source for source in text.sources}
    cited = [known[key] for key in text.cited if key in known]
    if len(cited) < text.fewest_sources:
        yield Mark(
            WHOLE,
            f"Cite at least {_counted(text.fewest_sources)}: "
            f"{len(cited) or 'none'} {'is' if len(cited) < 2 else 'are'} cited.",
        )
    uses = _uses(text)
    for key in text.unresolved:
        yield Mark(
            uses[key],
            f"No source is known as {key}: add it to the sources, or correct the key.",
        )
    for source in text.sources:
        if lacking := _lacking(source):
            yield Mark(
                uses.get(source.key, WHOLE), f"Give “{_name(source)}” {lacking}."
            )
        if source.key not in text.cited:
            yield Mark(
                WHOLE,
                f"“{_name(source)}” is listed and cited nowhere: cite it, or take it "
                "off the list.",
                Severity.WARNS,
            )


def _lacking(source: Known) -> str:
    """Return in words what a reader would need to find the source, and does not get."""
    lacking = []
    if not source.title.strip():
        lacking.append("a title")
    if not (source.year or source.accessed_on):
        lacking.append("a year, or the day you read it")
    if not (source.url.startswith("https://") or any(map(_is_valid, _named(source)))):
        lacking.append("an identifier, or an address with https")
    return " and ".join(lacking)


def _named(source: Known) -> list[tuple[str, str]]:
    key = identifiers.split_key(source.key)
    return [*source.identifiers, *([key] if key else [])]


def _is_valid(named: tuple[str, str]) -> bool:
    try:
        return bool(identifiers.clean(*named))
    except identifiers.InvalidIdentifier:
        return False


@check("P29")
def retracted(text: Text, rule: Rule) -> Iterator[Mark]:
    """No cited source has been retracted."""
    uses = _uses(text)
    for source in text.sources:
        if source.retracted_on and source.key in uses:
            yield Mark(
                uses[source.key],
                f"“{_name(source)}” was retracted on {long_date(source.retracted_on)}: "
                "take out what rests on it, or cite another source.",
            )


@check("P30")
def up_to_date(text: Text, rule: Rule) -> Iterator[Mark]:
    """The sources are recent, none is dated ahead, and the search was not long ago."""
    uses = _uses(text)
    for source in text.sources:
        if _is_ahead(source, text.today):
            yield Mark(
                uses.get(source.key, WHOLE),
                f"“{_name(source)}” is dated after today: correct its year or the day "
                "it was read.",
                Severity.BLOCKS,
            )
    if text.is_research:
        yield from _newest(text, rule.number("newest_years"))
    yield from _searched(text, rule.number("search_days"))


def _newest(text: Text, years: int) -> Iterator[Mark]:
    dated = [_dated(s) for s in text.sources if s.key in text.cited]
    newest = max(dated, default=0)
    if newest and text.today.year - newest > years:
        yield Mark(
            WHOLE,
            f"The newest source is of {newest}: look for research of the last "
            f"{years} years.",
        )


def _searched(text: Text, days: int) -> Iterator[Mark]:
    searched = text.evidence_searched_on
    if searched and text.today - searched > timedelta(days):
        yield Mark(
            WHOLE,
            f"The evidence was last searched on {long_date(searched)}, over {days} "
            "days ago: search again, and enter the new day.",
        )
    elif not searched and text.is_research and text.cited:
        yield Mark(WHOLE, "Enter the day on which the evidence was last searched.")


def _dated(source: Known) -> int:
    """Return the year that a source is of, or was read in; 0 where neither is known."""
    return source.year or (source.accessed_on.year if source.accessed_on else 0)


def _is_ahead(source: Known, today: date) -> bool:
    read_on = source.accessed_on
    return (source.year or 0) > today.year or bool(read_on and read_on > today)


def _name(source: Known) -> str:
    return source.title.strip() or source.key


def _counted(sources: int) -> str:
    return "1 source" if sources == 1 else f"{sources} sources"


def _uses(text: Text) -> dict[str, Place]:
    """Return where each key is first cited."""
    uses: dict[str, Place] = {}
    for run in text.runs:
        for at, key in run.cited:
            if key not in uses:
                behind = run.places[at - 1] if at else run.places[0]
                written = re.compile(rf"@{re.escape(key)}(?=[\s;\]])")
                if found := written.search(text.body, behind):
                    uses[key] = Place("body", *found.span())
    return uses
