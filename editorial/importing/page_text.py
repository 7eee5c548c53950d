"""Reads a page's text (.txt): one paragraph a line, the first of them run together."""

import html
import re
from dataclasses import dataclass, replace

from conditions import markup
from conditions.composition import composed
from editorial.importing.draft import PREFIX, Asked, Draft, ImportProblem

_LABEL = re.compile(
    r"short answer|medically reviewed\b.{0,60}|last (?:updated|reviewed)\b.{0,60}", re.I
)
_LONGEST_QUESTION = 300
_DISCLAIMER = re.compile(r"medical disclaimer\s*:", re.I)
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\W\d_])")
_QUESTION_END = re.compile(r"\?(?=\s|\Z)")
_ACTS = re.compile(r"([\\*_\[\]|])")
_ACTS_IN_FRONT = re.compile(r"^(\d{0,9})([-+>#.)])")


@dataclass(frozen=True)
class Paragraph:
    line: int
    words: str


@dataclass(frozen=True)
class _Parts:
    """The first paragraph, taken apart."""

    short_answer: str
    question: str
    opening: str


def parse(text: str, name: str) -> Draft:
    """Return the draft in a page's text; `name` is the file's, for the record.

    What the file says about a review goes into the reason, and is never a sign-off.
    """
    claim, paragraphs = _claim(_paragraphs(composed(text)))
    paragraphs = _without_disclaimer(paragraphs)
    if not paragraphs:
        raise ImportProblem("the file holds no text; check that it is the right one.")
    first, *rest = paragraphs
    parts = _take_apart(first, rest)
    if not parts.short_answer:
        raise ImportProblem("write the short answer before the question.", first.line)
    if len(parts.question) > _LONGEST_QUESTION:
        raise ImportProblem(
            f"the question would have {len(parts.question):,} characters; end the "
            "sentence before it with a full stop.",
            first.line,
        )
    rest = [p for p in rest if p.words != parts.short_answer]
    if parts.opening and not any(p.words.startswith(parts.opening) for p in rest):
        rest.insert(0, Paragraph(first.line, parts.opening))
    short = _as_markup(Paragraph(first.line, parts.short_answer))
    plain = "\n\n".join(p.words for p in rest)
    return Draft(
        file=name,
        reason=f"{PREFIX}{name}" + (f", which claims “{claim}”." if claim else "."),
        subject=Asked(parts.question, first.line, parts.short_answer, plain),
        text={"short_answer": short, "body": "\n\n".join(map(_as_markup, rest))},
    )


def as_it_stands(text: str, name: str) -> Draft:
    """Return the draft of a page with all that its readers see under the question.

    For looking at alone: `parse` leaves out the disclaimer and what is said twice.
    """
    _, paragraphs = _claim(_paragraphs(composed(text)))
    draft = parse(text, name)
    words = [_as_markup(paragraph) for paragraph in paragraphs[1:]]
    body = "\n\n".join(words) or draft.text["body"]
    return replace(draft, text={**draft.text, "body": body})


def _paragraphs(text: str) -> list[Paragraph]:
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return [Paragraph(number, words) for number, words in enumerate(lines, 1) if words]


def _claim(paragraphs: list[Paragraph]) -> tuple[str, list[Paragraph]]:
    """Part the line of labels, where there is one, from the text under it."""
    labels = (
        [part.strip() for part in paragraphs[0].words.split("·")] if paragraphs else []
    )
    if not labels or not all(_LABEL.fullmatch(label) for label in labels):
        return "", paragraphs
    claims = [label for label in labels if label.lower() != "short answer"]
    return " · ".join(claims), paragraphs[1:]


def _without_disclaimer(paragraphs: list[Paragraph]) -> list[Paragraph]:
    for place, paragraph in enumerate(paragraphs):
        if _DISCLAIMER.match(paragraph.words):
            if place + 1 < len(paragraphs):
                raise ImportProblem(
                    "words stand under the medical disclaimer; move them above it.",
                    paragraphs[place + 1].line,
                )
            return paragraphs[:place]
    return paragraphs


def _take_apart(first: Paragraph, rest: list[Paragraph]) -> _Parts:
    """Part short answer, question and the body's opening by what is said again below.

    Only where nothing is said again does a sentence's own "?" decide.
    """
    for paragraph in rest:
        after = first.words.removeprefix(paragraph.words)
        if after != first.words and (found := _QUESTION_END.search(after)):
            question, opening = after[: found.end()], after[found.end() :]
            return _Parts(paragraph.words, question.strip(), opening.strip())
    ends = [found.end() for found in _QUESTION_END.finditer(first.words)]
    if not ends:
        raise ImportProblem(
            "no question is found; write it after the short answer, ending in “?”.",
            first.line,
        )
    for end in ends:
        opening = first.words[end:].strip()
        if opening and any(p.words.startswith(opening) for p in rest):
            return _parted_at(first.words, end)
    if len(ends) > 1:
        raise ImportProblem(
            "several sentences end in “?”; repeat the short answer in a line of its "
            "own, so that the question can be told from it.",
            first.line,
        )
    return _parted_at(first.words, ends[0])


def _parted_at(words: str, end: int) -> _Parts:
    starts = [found.end() for found in _SENTENCE_END.finditer(words, 0, end)]
    start = max((place for place in starts if place < end), default=0)
    return _Parts(words[:start].strip(), words[start:end], words[end:].strip())


def _as_markup(paragraph: Paragraph) -> str:
    """Return plain words as Markdown that shows them: escaped only where it must be."""
    if _shows(paragraph.words, paragraph.words):
        return paragraph.words
    escaped = _ACTS_IN_FRONT.sub(r"\1\\\2", _ACTS.sub(r"\\\1", paragraph.words))
    try:
        markup.check(escaped)
    except markup.MarkupError as error:
        sentence = str(error).removeprefix(f"Line {error.line}: ")
        raise ImportProblem(sentence, paragraph.line) from error
    if not _shows(escaped, paragraph.words):
        raise ImportProblem(
            "this paragraph would not be shown as typed; write the summary as .md.",
            paragraph.line,
        )
    return escaped


def _shows(source: str, words: str) -> bool:
    """Say whether Markdown is shown as one paragraph of exactly these words."""
    try:
        page = markup.render(source, {}).strip()
    except markup.MarkupError:
        return False
    return page.startswith("<p>") and html.unescape(page[3:-4]) == words
