"""Runs every check over a text and gathers what they find. Reads only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.conf import settings

from conditions import markup, wording
from conditions.models import SOURCE_SCHEMES, Condition, Question, Source
from editorial import clock, limits
from editorial.checks import CHECKS
from editorial.checks.finding import Finding, Severity
from editorial.checks.ruleset import RuleSet, rules
from editorial.checks.text import Known, Subject, Text
from editorial.manuscript import Manuscript

_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_COUNTED = {
    Severity.BLOCKS: ("{} finding blocks", "{} findings block"),
    Severity.REASON: ("{} needs a reason", "{} need a reason"),
    Severity.WARNS: ("{} warning stands", "{} warnings stand"),
}
_FIELDS = ("short_answer", "body", "text")
_MOST_NAMED = 5
# Texts whose findings are remembered: a screen and the verb behind it look at the same.
_REMEMBERED = 32


def unreadable(short_answer: str, body: str) -> list[str]:
    """Return why no check can read a text, one sentence each; none where all can."""
    found = []
    if not short_answer.strip():
        found.append("Write the short answer.")
    if not body.strip():
        found.append("Write the body.")
    for name, text, check in (
        ("short_answer", short_answer, markup.check_short),
        ("body", body, markup.check),
    ):
        if why := limits.text_too_long(name, text):
            found.append(why)
            continue
        try:
            check(text)
        except markup.MarkupError as error:
            found.append(str(error))
    return found


def look(text: Text, by: RuleSet | None = None) -> list[Finding]:
    """Return what the checks find, by place: short answer, body, the text as a whole.

    At one place the gravest comes first. A field outside the grammar raises
    MarkupError, since no check could read it.
    """
    if by is None:
        return list(_remembered(text, settings.PREFLIGHT_RULES))
    return sorted(_found(text, by), key=_order)


@lru_cache(maxsize=_REMEMBERED)
def _remembered(text: Text, adjusted: str) -> tuple[Finding, ...]:
    # A copy is read, so that no parsed text is kept with the answer.
    return tuple(look(replace(text), rules(adjusted)))


def of(manuscript: Manuscript) -> Text:
    """Return a summary's text as it stands, with what it cites, for `look`."""
    summary = manuscript.summary
    return gathered(
        summary.condition,
        summary.question,
        short_answer=summary.short_answer,
        body=summary.body,
        sources=manuscript.sources,
        evidence_searched_on=summary.evidence_searched_on,
    )


def gathered(
    condition: Condition,
    question: Question,
    *,
    short_answer: str,
    body: str,
    sources: Iterable[Source],
    evidence_searched_on: date | None,
) -> Text:
    """Return a text for `look`; nothing of it needs to be saved."""
    return Text(
        question=question.asked_of(condition),
        subject=Subject(
            condition.name,
            condition.abbreviation,
            tuple(condition.synonyms),
            tuple(condition.genes),
        ),
        short_answer=markup.normalise(short_answer),
        body=markup.normalise(body),
        today=clock.today(),
        sources=tuple(map(_known, sources)),
        fewest_sources=question.fewest_sources,
        is_research=question.offers_trial_search,
        evidence_searched_on=evidence_searched_on,
    )


def _known(source: Source) -> Known:
    return Known(
        key=source.key,
        title=source.title,
        year=source.year,
        url=source.url,
        retracted_on=source.retracted_on,
        accessed_on=source.accessed_on,
        identifiers=tuple(
            (scheme, value)
            for scheme in SOURCE_SCHEMES
            if (value := getattr(source, scheme))
        ),
    )


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that keep a text from a reviewer, whatever is written."""
    return [one for one in findings if one.severity == Severity.BLOCKS]


def needing(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that a reason must be written for, each passage once."""
    asked = (one for one in findings if one.severity == Severity.REASON)
    return list({one.key: one for one in asked}.values())


def holds_back(findings: Iterable[Finding]) -> str:
    """Return what must be mended before a text goes on, as sentences, or ""."""
    found = blocking(findings)
    if not found:
        return ""
    said = ["Preflight holds this text back.", *(o.said for o in found[:_MOST_NAMED])]
    if (more := len(found) - _MOST_NAMED) > 0:
        said.append(f"And {more} more: “Preflight”, on the text’s screen, lists all.")
    return " ".join(said)


def told(findings: list[Finding]) -> str:
    """Return how many findings there are of each severity, as one sentence."""
    if not findings:
        return "Preflight finds nothing."
    counts = Counter(one.severity for one in findings)
    said = [
        _COUNTED[severity][counts[severity] > 1].format(counts[severity])
        for severity in Severity
        if counts[severity]
    ]
    return f"Preflight: {wording.listed(said)}."


def _found(text: Text, by: RuleSet) -> list[Finding]:
    found = []
    for code, one in CHECKS.items():
        rule = by[code]
        for mark in one.run(text, rule) if rule.severity != Severity.OFF else ():
            grave, place = mark.severity or rule.severity, mark.place
            passage = text.passage_at(place) if grave == Severity.REASON else ""
            words = text.words_at(place)
            found.append(Finding(code, grave, mark.message, place, words, passage))
    return found


def _order(one: Finding) -> tuple[int, int, int, str]:
    field = _FIELDS.index(one.place.field)
    return field, one.place.start, _RANK[one.severity], one.code
