"""Checks for what copying and drafting leave behind, a disclaimer included."""

import re
from collections.abc import Iterator

from conditions.outline import Run
from editorial import look_alikes
from editorial.checks.finding import Mark, Place, Severity
from editorial.checks.registry import check
from editorial.checks.ruleset import Rule
from editorial.checks.text import Text
from editorial.checks.words import any_of

_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
# The grammar lets them stand for the scripts that are spelt with them.
_JOINERS = re.compile("(?<=[A-Za-z0-9])[\u200c\u200d]+|[\u200c\u200d]+(?=[A-Za-z0-9])")
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}


@check("P16")
def disclaimer(text: Text, rule: Rule) -> Iterator[Mark]:
    """A text has no disclaimer of its own: the site prints one on every page."""
    pattern = any_of(rule.words("phrases"))
    for sentence in text.sentences:
        if found := pattern.search(sentence.words):
            yield Mark(
                sentence.found(found),
                "Delete this disclaimer: the site prints its own under every page.",
            )


@check("P27")
def leftovers(text: Text, rule: Rule) -> Iterator[Mark]:
    """Nothing is left of copying: no placeholder, no broken letter, no open bracket."""
    residue = rule.pattern("patterns")
    for field, runs in (("short_answer", text.short_runs), ("body", text.runs)):
        for run in runs:
            for found in residue.finditer(run.text):
                yield Mark(
                    Place(field, *run.span(*found.span())),
                    f"“{found[0].strip()}” looks left over from copying or drafting: "
                    "replace it with the words that belong here.",
                )
            for found in _SPACES.finditer(run.text):
                yield Mark(
                    Place(field, *run.span(*found.span())),
                    "Two blanks stand between these words: delete one, and see that "
                    "no word is missing.",
                    Severity.WARNS,
                )
            yield from _unbalanced(field, run)


def _unbalanced(field: str, run: Run) -> Iterator[Mark]:
    """Mark each bracket or curved quote without its partner; "1)" is a number."""
    opened: list[tuple[str, int]] = []
    for at, sign in enumerate(run.text):
        if sign in _PAIRS:
            opened.append((sign, at))
        elif sign in _OPENING:
            if opened and opened[-1][0] == _OPENING[sign]:
                opened.pop()
            elif not (sign == ")" and _numbers(run.text, at)):
                opened.append((sign, at))
    for sign, at in opened:
        yield Mark(
            Place(field, *run.span(at, at + 1)),
            f"“{sign}” has no partner in this paragraph: close it, or delete it.",
        )


def _numbers(words: str, at: int) -> bool:
    return bool(re.search(r"(?<!\w)\w{1,3}\Z", words[max(at - 5, 0) : at]))


@check("P33")
def look_alike(text: Text, rule: Rule) -> Iterator[Mark]:
    """No letter is another than it looks, and none is hidden between letters."""
    for field, runs in (("short_answer", text.short_runs), ("body", text.runs)):
        for run in runs:
            for odd in look_alikes.look_alikes(run.text):
                yield Mark(
                    Place(field, *run.span(odd.place, odd.place + len(odd.sign))),
                    f"“{odd.before}{odd.sign}{odd.after}” holds {odd.name}: type the "
                    "word again.",
                )
            for found in _JOINERS.finditer(run.text):
                yield Mark(
                    Place(field, *run.span(*found.span())),
                    "A character that nobody sees stands here: type these words again.",
                )
