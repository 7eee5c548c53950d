"""Checks of what grows old: words of now, and statements that hold only for a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from conditions.outline import Run
from conditions.wording import long_date
from editorial import clock
from editorial.checks import dates
from editorial.checks.finding import Mark, Severity
from editorial.checks.registry import check
from editorial.checks.ruleset import Rule
from editorial.checks.text import Sentence, Text
from editorial.checks.words import any_of

# What such a sentence asks or supposes, it does not state.
_SUPPOSES = re.compile(r"(?:if|when|whether|even if|ask|suppose)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """A sentence that holds for a time: of which kind, on which words, as of when.

    One that tells of a day gone by ("in 2019 …") is dated, and never lapses.
    """

    sentence: Sentence
    kind: str
    start: int
    end: int
    as_of: date | None
    is_dated: bool

    def lapses_on(self, rule: Rule) -> date | None:
        """Return the day after which it must be checked anew, if it has one."""
        if not self.as_of:
            return None
        return clock.months_after(self.as_of, rule.number(f"{self.kind}_months"))


@dataclass(frozen=True)
class Lapse:
    """The last day on which a statement holds unchecked, and its sentence."""

    on: date
    words: str


def first_lapse(text: Text, rule: Rule) -> Lapse | None:
    """Return the first of a text's dated statements to lapse, today or later.

    One that has lapsed already bounds nothing: it is a finding.
    """
    lapses = [
        Lapse(day, one.sentence.words)
        for one in statements(text, rule)
        if (day := one.lapses_on(rule)) and day >= text.today
    ]
    return min(lapses, key=lambda lapse: lapse.on, default=None)


def statements(text: Text, rule: Rule) -> list[Statement]:
    """Return what a text states of absences, trials and numbers, in reading order."""
    patterns = {kind: rule.pattern(f"{kind}_patterns") for kind in _EXAMPLES}
    return [
        Statement(sentence, kind, *found.span(), day, is_dated)
        for sentence, day, is_dated in _with_dates(text)
        if not _SUPPOSES.match(sentence.words) and not sentence.words.endswith("?")
        for kind, pattern in patterns.items()
        if (found := pattern.search(sentence.words))
    ]


@check("P10")
def ageing(text: Text, rule: Rule) -> Iterator[Mark]:
    """An absence, a trial's status or a count says as of when, and is in time."""
    for one in statements(text, rule):
        place = one.sentence.place(one.start, one.end)
        if not one.is_dated:
            grave = Severity.WARNS if one.kind == "prevalence" else None
            yield Mark(place, _undated(one.kind, text.today), grave)
        elif why := _late(one, text, rule):
            yield Mark(place, why)


def _undated(kind: str, today: date) -> str:
    example = _EXAMPLES[kind].format(month=f"{today:%B %Y}", year=today.year)
    return f"Say as of when: “{example}”."


def _late(one: Statement, text: Text, rule: Rule) -> str:
    """Return what to do about a statement too old, today or before the next review."""
    lapses = one.lapses_on(rule)
    if lapses and one.as_of and lapses < text.today:
        return (
            f"This was true as of {long_date(one.as_of)} and was to be checked by "
            f"{long_date(lapses)}: check it, and write the new date."
        )
    if lapses and text.next_review_due and text.next_review_due > lapses:
        return (
            f"This must be checked by {long_date(lapses)}: let the next review be due "
            "on that day or before."
        )
    return ""


_EXAMPLES = {
    "absence": "As of {month}, no medicine is approved …",
    "trial_status": "As of {month}, the trial is open …",
    "count": "As of {month}, about 900 people …",
    "prevalence": "A count of {year} found 1 in 1 million …",
}


@check("P12")
def relative_time(text: Text, rule: Rule) -> Iterator[Mark]:
    """No word such as “recently” or “new” outside a dated statement."""
    pattern = any_of(rule.words("words"))
    rest = any_of(rule.words("except"))
    marks = [
        Mark(
            sentence.found(found),
            f"“{found[0]}” will be wrong one day: write the date instead, or leave "
            "the word out.",
        )
        for sentence, _, is_dated in _with_dates(text)
        if not is_dated
        for found in pattern.finditer(rest.sub(_blanked, sentence.words))
    ]
    grave = len(marks) > rule.number("most")
    for mark in marks:
        yield Mark(mark.place, mark.message, Severity.REASON) if grave else mark


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _with_dates(text: Text) -> Iterator[tuple[Sentence, date | None, bool]]:
    """Yield each sentence, the day it was true as of, and whether it has any date.

    "As of" holds for the sentences after it in its paragraph or row too; that of a line
    which leads to a list or a table, for all of that.
    """
    lead: date | None = None
    day: date | None = None
    run: Run | None = None
    for sentence in text.prose:
        follows = sentence.run.kind in ("item", "cell")
        if sentence.run is not run:
            run, day = sentence.run, lead if follows else None
        if said := dates.as_of(sentence.words):
            day = said.day
        if not follows:
            lead = day
        yield sentence, day, bool(day or dates.any_date(sentence.words))
