"""Checks that what a text states can be looked up: every statement cites a source."""

import re
from collections.abc import Iterator

from editorial.checks import dates
from editorial.checks.context import InContext, in_context
from editorial.checks.finding import Mark, Severity
from editorial.checks.registry import check
from editorial.checks.ruleset import Rule
from editorial.checks.text import Text

# Each kind of statement, the surest first, with what a writer would call it.
_KINDS = {
    "figure": "a figure",
    "decision": "a regulator’s decision",
    "absence": "that something is missing",
    "trial": "what a trial is or found",
    "change": "that something rises or falls",
    "survival": "how long people live",
}
# Every list of patterns that tells of a statement: of which kind, and if in doubt.
_NAMES = {
    **{
        f"{kind}{suffix}": (kind, False)
        for kind in _KINDS
        for suffix in ("", "_if_dated")
    },
    **{f"{kind}_in_doubt": (kind, True) for kind in _KINDS},
}


@check("P06")
def uncited(text: Text, rule: Rule) -> Iterator[Mark]:
    """What states a figure, a decision, a trial or an absence cites a source."""
    states = _Statements(rule)
    for one in in_context(text):
        if one.sentence.field == "short_answer" or one.cited:
            continue
        if told := states.told(one.sentence.words):
            kind, start, end, doubtful = told
            yield Mark(
                one.sentence.place(start, end),
                f"This states {_KINDS[kind]}: cite in this sentence the source that "
                "says so, or leave it out.",
                Severity.WARNS if doubtful or _has_link(one) else None,
            )


def _has_link(one: InContext) -> bool:
    start, end = one.sentence.start, one.sentence.end
    return any(start <= at < end for at, _, _ in one.sentence.run.links)


class _Statements:
    """Tells what a sentence states, by the patterns of the rule."""

    def __init__(self, rule: Rule) -> None:
        self.patterns = {
            name.removesuffix("_patterns"): rule.pattern(name, any_case=True)
            for name in rule.values
        }

    def told(self, words: str) -> tuple[str, int, int, bool] | None:
        """Return the kind of the first statement, where it stands, and if in doubt."""
        if not any(self._search(name, words) for name in _NAMES):
            return None
        if words.endswith("?") or self._search("supposes", words, at_start=True):
            return None
        if self._search("explains", words):
            return None
        words = self._blanked("quoted", words)
        plain = {kind: self._blanked(f"no_{kind}", words) for kind in _KINDS}
        dated = bool(dates.any_date(words))
        for name, (kind, doubtful) in _NAMES.items():
            if name.endswith("_if_dated") and not dated:
                continue
            if found := self._search(name, plain[kind]):
                return kind, *found.span(), doubtful
        return None

    def _search(
        self, name: str, words: str, *, at_start: bool = False
    ) -> re.Match[str] | None:
        if not (pattern := self.patterns.get(name)):
            return None
        return pattern.match(words) if at_start else pattern.search(words)

    def _blanked(self, name: str, words: str) -> str:
        """Return the words with blanks for what only looks like a statement."""
        pattern = self.patterns.get(name)
        return (
            pattern.sub(lambda found: " " * len(found[0]), words) if pattern else words
        )


@check("P21")
def community(text: Text, rule: Rule) -> Iterator[Mark]:
    """The size of a community stands in its own dated block, never in the prose."""
    pattern = rule.pattern("count_patterns", any_case=True)
    for one in in_context(text):
        if found := pattern.search(one.sentence.words):
            yield Mark(
                one.sentence.found(found),
                "Leave this count out: the page prints how many members the community "
                "has, with the day, beside the text.",
                Severity.WARNS if one.cited else None,
            )
