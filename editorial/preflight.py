"""Runs every check over a text and gathers what they find. Reads only."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.conf import settings

from conditions import markup, wording
from conditions.models import SOURCE_SCHEMES, Condition, Question, Source
from editorial import clock
from editorial.checks import CHECKS
from editorial.checks.finding import Finding, Severity
from editorial.checks.ruleset import RuleSet, rules
from editorial.checks.text import Known, Subject, Text
from editorial.manuscript import Manuscript
from editorial.models import Summary

_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_COUNTED = {
    Severity.BLOCKS: ("{} finding blocks", "{} findings block"),
    Severity.REASON: ("{} needs a reason", "{} need a reason"),
    Severity.WARNS: ("{} is a warning", "{} are warnings"),
}
_FIELDS = ("short_answer", "body", "text")


def look(text: Text, by: RuleSet | None = None) -> list[Finding]:
    """Return what the checks find, by place: short answer, body, the text as a whole.

    At one place the gravest comes first. A field outside the grammar raises
    MarkupError, since no check could read it.
    """
    by = rules(settings.PREFLIGHT_RULES) if by is None else by
    return sorted(_found(text, by), key=_order)


def of(summary: Summary) -> Text:
    """Return a summary's text as it stands, with what it cites, for `look`."""
    return gathered(
        summary.condition,
        summary.question,
        short_answer=summary.short_answer,
        body=summary.body,
        sources=Manuscript(summary).sources,
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


def blocking(findings: list[Finding]) -> list[Finding]:
    """Return those that keep a text from a reviewer, whatever is written."""
    return [one for one in findings if one.severity == Severity.BLOCKS]


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
    return [
        Finding(
            code,
            mark.severity or rule.severity,
            mark.message,
            mark.place,
            text.words_at(mark.place),
        )
        for code, one in CHECKS.items()
        if (rule := by[code]).severity != Severity.OFF
        for mark in one.run(text, rule)
    ]


def _order(one: Finding) -> tuple[int, int, int, str]:
    field = _FIELDS.index(one.place.field)
    return field, one.place.start, _RANK[one.severity], one.code
