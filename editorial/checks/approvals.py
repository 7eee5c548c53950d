"""Checks what a text says of regulators' decisions: who decided, and when."""

import re
from collections.abc import Iterator

from editorial.checks import dates
from editorial.checks.context import InContext, in_context
from editorial.checks.finding import Mark
from editorial.checks.registry import check
from editorial.checks.ruleset import Rule
from editorial.checks.text import Text

_PARTS = re.compile(r"[,;:–—]\s")


@check("P11")
def approval(text: Text, rule: Rule) -> Iterator[Mark]:
    """An approval or refusal says which regulator or country decided, and when."""
    decisions = _Decisions(rule)
    for one in in_context(text):
        found = decisions.said(one)
        if found and (lacking := decisions.lacking(one)):
            yield Mark(
                one.sentence.found(found),
                f"Say {lacking}: “On 16 August 2023, the US Food and Drug "
                "Administration approved it for …”.",
            )


class _Decisions:
    """Finds what is said of a decision about a medicine, by the rule's patterns."""

    def __init__(self, rule: Rule) -> None:
        self.says = rule.pattern("says_patterns", any_case=True)
        self.of_a_cell = rule.pattern("of_a_cell_patterns", any_case=True)
        self.summed_up = rule.pattern("summed_up_patterns", any_case=True)
        self.other_senses = rule.pattern("other_senses_patterns", any_case=True)
        self.supposes = rule.pattern("supposes_patterns", any_case=True)
        self.general = rule.pattern("general_patterns", any_case=True)
        self.denies = rule.pattern("denies_patterns", any_case=True)
        self.reach = rule.number("reach")
        names = map(re.escape, (*rule.words("regulators"), *rule.words("places")))
        # In this case only: "us" is no country.
        self.names = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
        self.seen: dict[str, tuple[bool, bool]] = {}

    def said(self, one: InContext) -> re.Match[str] | None:
        """Return the words that tell of a decision; what is asked or denied tells none.

        What is denied grows old, and is another check's.
        """
        words = one.sentence.words
        if not self._search(one, words):
            return None
        if words.endswith("?") or self.general.match(words):
            return None
        words = self.other_senses.sub(lambda found: " " * len(found[0]), words)
        if not (found := self._search(one, words)):
            return None
        before = _PARTS.split(words[max(0, found.start() - self.reach) : found.end()])
        clause = before[-1]
        if self.denies.search(clause) or self.supposes.search(clause):
            return None
        return found

    def _search(self, one: InContext, words: str) -> re.Match[str] | None:
        found = self.says.search(words)
        if not found and one.sentence.run.kind == "cell":
            return self.of_a_cell.match(words)
        return found

    def lacking(self, one: InContext) -> str:
        """Return what the words do not tell of a decision; "" where they tell all."""
        told = [self._told(words) for words in one.parts]
        is_summed_up = one.sentence.field == "short_answer" and self.summed_up.search(
            one.sentence.words
        )
        lacking = []
        if not (is_summed_up or any(named for named, _ in told)):
            lacking.append("which regulator or country decided")
        if not any(dated for _, dated in told):
            lacking.append("when")
        return " and ".join(lacking)

    def _told(self, words: str) -> tuple[bool, bool]:
        """Say whether words name who decided, and a date; of a row, find out once."""
        if words not in self.seen:
            named = bool(self.names.search(words))
            self.seen[words] = named, bool(dates.any_date(words))
        return self.seen[words]
