"""Checks of how a text is built: lead-ins, repetition, short answer, headings."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from conditions.outline import Run
from editorial.checks.finding import WHOLE, Mark, Place, Severity
from editorial.checks.registry import check
from editorial.checks.ruleset import Rule
from editorial.checks.text import Sentence, Text
from editorial.checks.words import folded, names_it

_PROSE = ("paragraph", "item")
# A run of words that stands in more paragraphs tells nothing of two.
_MOST_HOLDING = 20


def _end(run: Run, field: str = "body") -> Place:
    """Return the last word of a run."""
    words = run.text.rstrip()
    return Place(field, *run.span(words.rfind(" ") + 1, len(words)))


def _whole(run: Run, field: str = "body") -> Place:
    return Place(field, *run.span(0, len(run.text)))


@check("P01")
def lead_in(text: Text, rule: Rule) -> Iterator[Mark]:
    """A line that ends with a colon is followed by a list or a table."""
    for run, after in pairwise([*text.runs, None]):
        if run is None or not run.text.rstrip().endswith((":", "：")):
            continue
        if run.kind == "cell":
            continue
        held = _held(text.runs, after) if after else 0
        if held < rule.number("fewest_items"):
            fewest = rule.number("fewest_items")
            yield Mark(
                _end(run),
                f"This line promises a list: give it at least {fewest} items under it, "
                "or end it with a full stop.",
            )
    for run in text.short_runs:
        if run.text.rstrip().endswith((":", "：")):
            yield Mark(
                _end(run, "short_answer"),
                "The short answer holds no list: end this line with a full stop.",
            )


def _held(runs: list[Run], first: Run) -> int:
    """Return how many items, rows or quotes the block holds that a run begins."""
    if first.kind == "header":
        columns = sum(r.block == first.block and r.kind == "header" for r in runs)
        cells = sum(r.block == first.block and r.kind == "cell" for r in runs)
        return cells // columns + 1
    if first.kind == "quote":
        return 99
    if first.kind != "item":
        return 0
    same = (r for r in runs if r.block == first.block and r.kind == "item")
    return sum(r.level == first.level for r in same)


@check("P02")
def repetition(text: Text, rule: Rule) -> Iterator[Mark]:
    """No sentence stands twice, and no two paragraphs say nearly the same."""
    yield from _twice(text.prose, rule.number("fewest_words"))
    yield from _alike(text, rule)


def _twice(sentences: list[Sentence], fewest: int) -> Iterator[Mark]:
    seen: set[str] = set()
    for sentence in sentences:
        words = folded(sentence.words)
        if words.count(" ") + 1 < fewest:
            continue
        if words in seen:
            yield Mark(
                sentence.place(),
                "This sentence stands further up already: delete one of the two.",
            )
        seen.add(words)


def _alike(text: Text, rule: Rule) -> Iterator[Mark]:
    """Mark the later of two paragraphs that share most of their runs of five words."""
    told = {folded(run.text): run for run in text.runs if run.kind in _PROSE}
    parts = [(run, _shingles(words)) for words, run in told.items()]
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (run, kept) in enumerate(parts):
        shared = Counter(n for one in kept for n in holding[one])
        if any(
            _is_alike(count, kept, parts[n][1], rule) for n, count in shared.items()
        ):
            yield Mark(
                _whole(run),
                "This paragraph says nearly what another says further up: make one of "
                "the two, or say what differs.",
                Severity.WARNS,
            )
        for one in kept:
            if len(holding[one]) < _MOST_HOLDING:
                holding[one].append(number)


def _is_alike(
    shared: int,
    one: frozenset[tuple[str, ...]],
    other: frozenset[tuple[str, ...]],
    rule: Rule,
) -> bool:
    """Say whether two sets have so great a part in common (Jaccard)."""
    return 100 * shared >= rule.number("alike_percent") * (
        len(one) + len(other) - shared
    )


def _shingles(words: str) -> frozenset[tuple[str, ...]]:
    parts = words.split()
    return frozenset(zip(*(parts[n:] for n in range(5)), strict=False))


@check("P03")
def short_answer(text: Text, rule: Rule) -> Iterator[Mark]:
    """The short answer is short, whole, and names the condition at once."""
    whole = Place("short_answer")
    words = sum(sentence.count() for sentence in text.short_sentences)
    fewest, most = rule.number("fewest_words"), rule.number("most_words")
    if not fewest <= words <= most:
        yield Mark(
            whole,
            f"The short answer has {words} words: write {fewest} to {most}.",
        )
    if len(text.short_sentences) > rule.number("most_sentences"):
        yield Mark(
            whole,
            f"The short answer has {len(text.short_sentences)} sentences: write at "
            f"most {rule.number('most_sentences')}.",
        )
    first = text.short_sentences[0] if text.short_sentences else None
    if first and not names_it(first.words, text.subject.names):
        yield Mark(
            first.place(),
            f"Name the condition in the first sentence: {text.subject.name}.",
        )


@check("P04")
def question(text: Text, rule: Rule) -> Iterator[Mark]:
    """The question stands once, as the title, and names the condition."""
    if not text.question.rstrip().endswith("?"):
        yield Mark(WHOLE, "End the question with a question mark.")
    if not names_it(text.question, text.subject.names):
        yield Mark(WHOLE, f"Name the condition in the question: {text.subject.name}.")
    asked = folded(text.question)
    for sentence in text.sentences:
        if asked and f" {asked} " in f" {folded(sentence.words)} ":
            yield Mark(
                sentence.place(),
                "The question is the title of the page already: delete it here.",
            )


@check("P24")
def headings(text: Text, rule: Rule) -> Iterator[Mark]:
    """Headings step down one level at a time, and each has text under it."""
    level = 1
    for run, after in pairwise([*text.runs, None]):
        if run is None or run.kind != "heading":
            continue
        if run.level > level + 1:
            yield Mark(
                _whole(run),
                "This heading skips a level: write ## here, and ### only below a ##.",
            )
        level = run.level
        if after is None or (after.kind == "heading" and after.level <= run.level):
            yield Mark(
                _whole(run),
                "Nothing stands under this heading: write it, or delete it.",
            )
    yield from _empty_table(text.runs)


def _empty_table(runs: list[Run]) -> Iterator[Mark]:
    """Mark the first header of a table in which no cell has words."""
    tables = {r.block: r for r in reversed(runs) if r.kind == "header"}
    filled = {r.block for r in runs if r.kind == "cell" and r.text.strip()}
    for block, first in sorted(tables.items()):
        if block not in filled:
            yield Mark(_whole(first), "This table is empty: fill it, or delete it.")
