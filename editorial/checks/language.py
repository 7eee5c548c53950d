"""Checks of plain language: grade, long sentences, abbreviations, jargon, tone."""

import re
from collections import Counter
from collections.abc import Iterator

from conditions.outline import Run
from editorial import readability
from editorial.checks.finding import Mark, Place, Severity
from editorial.checks.registry import check
from editorial.checks.ruleset import Rule
from editorial.checks.text import Sentence, Text
from editorial.checks.words import any_of

_ABBREVIATION = re.compile(r"(?<![\w/.-])[A-Z][A-Z0-9]{1,6}(?![\w/-])")
_VARIANT = re.compile(r"[A-Z]\d+[A-Z]?")
_GENE = re.compile(r"\bgenes? [A-Z]|[A-Z0-9] genes?\b")
_ROMAN = re.compile(r"[IVX]+")
_BRACKETED = re.compile(r"\w \([A-Z0-9]+[);,]")
_EXPLAINED = re.compile(r" \([A-Za-z][^()]{3,}")
_NEGATION = re.compile(r"(?:\b(?:no|not|never|without|cannot)|n['’]t)\b", re.IGNORECASE)


@check("P14")
def reading(text: Text, rule: Rule) -> Iterator[Mark]:
    """Short answer, body, sentences and paragraphs are easy to read."""
    for field, source in (("short_answer", text.short_answer), ("body", text.body)):
        yield from _grade(field, source, rule)
    for sentence in text.prose:
        yield from _long(sentence, rule)
    counts = Counter(id(sentence.run) for sentence in text.body_sentences)
    for run in text.runs:
        if run.kind == "paragraph":
            yield from _long_paragraph(run, counts[id(run)], rule)


def _grade(field: str, source: str, rule: Rule) -> Iterator[Mark]:
    grade, most = readability.measure(source).grade, rule.number(f"{field}_grade")
    if grade is None or grade <= most:
        return
    yield Mark(
        Place(field),
        f"The reading grade is {grade}; aim for {most} or below: shorten sentences, "
        "and use plainer words.",
        Severity.REASON if grade > rule.number("hard_grade") else None,
    )


def _long(sentence: Sentence, rule: Rule) -> Iterator[Mark]:
    words, most = sentence.count(), rule.number("sentence_words")
    if words > most:
        yield Mark(
            sentence.place(),
            f"This sentence has {words} words: part it so that none has more than "
            f"{most}.",
            Severity.REASON if words > rule.number("hard_sentence_words") else None,
        )


def _long_paragraph(run: Run, count: int, rule: Rule) -> Iterator[Mark]:
    if count > rule.number("paragraph_sentences"):
        yield Mark(
            Place("body", *run.span(0, len(run.text))),
            f"This paragraph has {count} sentences: part it so that none has more than "
            f"{rule.number('paragraph_sentences')}.",
        )


@check("P05")
def abbreviations(text: Text, rule: Rule) -> Iterator[Mark]:
    """An abbreviation is written out where it first stands, and used again."""
    known = {*rule.words("known"), *text.subject.genes}
    near = any_of(rule.words("names_of_trials_beside"))
    first: dict[str, Place] = {}
    expanded: set[str] = set()
    uses: dict[str, int] = {}
    for sentence in text.sentences:
        for found in _ABBREVIATION.finditer(sentence.words):
            word = found[0]
            if word in known or _is_no_abbreviation(sentence.words, found):
                continue
            first.setdefault(word, sentence.found(found))
            if _is_expansion(sentence.words, found):
                expanded.add(word)
            elif word in uses or not near.search(sentence.words) or word in expanded:
                uses[word] = uses.get(word, 0) + 1
    for word, place in first.items():
        if word not in expanded and uses.get(word):
            yield Mark(
                place, f"Write out {word} where it first stands: “Name ({word})”."
            )
        elif word in expanded and not uses.get(word):
            yield Mark(
                place,
                f"{word} is written out and never used again: use it, or leave it out.",
            )


def _is_no_abbreviation(words: str, found: re.Match[str]) -> bool:
    """Say whether it is a gene called so, a variant such as R206H, or a "IV"."""
    beside = _GENE.search(words[max(found.start() - 8, 0) : found.end() + 6])
    return bool(beside or _VARIANT.fullmatch(found[0]) or _ROMAN.fullmatch(found[0]))


def _is_expansion(words: str, found: re.Match[str]) -> bool:
    """Say whether it stands in "Name (ABC)" or opens "ABC (name)"."""
    start, end = found.span()
    if _BRACKETED.fullmatch(words, max(start - 3, 0), end + 1):
        return True
    return bool(_EXPLAINED.match(words, end))


@check("P15")
def jargon(text: Text, rule: Rule) -> Iterator[Mark]:
    """A term of medicine is put in plain words where it first stands."""
    told: set[tuple[int, int]] = set()
    for term, plain in rule.table("terms").items():
        at = _first(any_of((term,)), text.prose)
        if not at or _is_plain(any_of(plain), text.prose, at[0]):
            continue
        place = text.prose[at[0]].found(at[1])
        if (at[0], place.end) not in told:
            told.add((at[0], place.end))
            yield Mark(place, f"Say “{at[1][0]}” in plain words here: “{plain[0]}”.")


def _first(
    term: re.Pattern[str], sentences: list[Sentence]
) -> tuple[int, re.Match[str]] | None:
    found = ((n, term.search(one.words)) for n, one in enumerate(sentences))
    return next(((n, match) for n, match in found if match), None)


def _is_plain(meant: re.Pattern[str], sentences: list[Sentence], number: int) -> bool:
    """Say whether plain words stand in that sentence or in one beside it."""
    around = sentences[max(number - 1, 0) : number + 2]
    return any(meant.search(one.words) for one in around)


@check("P13")
def hype(text: Text, rule: Rule) -> Iterator[Mark]:
    """No promise and no praise: the facts alone."""
    always, hopeful = any_of(rule.words("words")), any_of(rule.words("unless_negated"))
    for sentence in text.prose:
        negated = _NEGATION.search(sentence.words)
        patterns = (always,) if negated else (always, hopeful)
        for pattern in patterns:
            for found in pattern.finditer(sentence.words):
                yield Mark(
                    sentence.found(found),
                    f"“{found[0]}” promises or praises: say what was found instead.",
                )


@check("P26")
def person_first(text: Text, rule: Rule) -> Iterator[Mark]:
    """No word blames a person, or makes them their disease."""
    for phrase, better in rule.table("instead").items():
        for sentence in text.sentences:
            for found in any_of((phrase,)).finditer(sentence.words):
                yield Mark(
                    sentence.found(found),
                    f"“{found[0]}” may hurt: write “{better[0]}”.",
                )


@check("P22")
def directives(text: Text, rule: Rule) -> Iterator[Mark]:
    """A page tells nobody what to take, to stop, or how much of it."""
    orders, doses = rule.pattern("order_patterns"), rule.pattern("dose_patterns")
    for sentence in text.prose:
        if found := orders.search(sentence.words):
            yield Mark(
                sentence.found(found),
                "This tells a reader what to do with a treatment: say what is known, "
                "and whom to ask.",
            )
        for found in doses.finditer(sentence.words):
            yield Mark(
                sentence.found(found),
                "A dose may be copied: leave it out, or write why readers need it.",
            )
