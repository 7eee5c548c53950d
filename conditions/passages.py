"""Chooses what to show of an answer that was found, with the found words marked.

From the words of a verified edition as readers see them. Gives pairs of text and
whether it is marked, and no HTML: the template escapes each.
"""

from collections.abc import Iterator
from typing import Any

from conditions import folding, markup

LONGEST = 260  # letters that are shown
BEFORE = 70  # letters before the first word that was found

Part = tuple[str, bool]


def passage(content: dict[str, Any], stems: set[str]) -> list[Part]:
    """Return the words of an edition that have most of what was looked for.

    The short answer, unless a passage of the body has more. Raises markup.MarkupError
    where the short answer cannot be shown.
    """
    short = markup.to_text(content["short_answer"])
    best, most = short, len(_found(short, stems))
    for block in _passages(content["body"]):
        has = len(_found(block, stems))
        if has > most:
            best, most = block, has
    return marked(_part_of(" ".join(_shown(best, short).split()), stems), stems)


def marked(text: str, stems: set[str]) -> list[Part]:
    """Return a text in parts, of which those that were looked for are marked."""
    return [*_marked(text, stems)]


def _passages(body: str) -> Iterator[str]:
    """Yield what stands between blank lines, but headings, as it was typed."""
    return (block for block in body.split("\n\n") if not block.startswith("#"))


def _shown(block: str, short: str) -> str:
    """Return a passage without markup; the short answer where it alone says nothing."""
    if block is short:
        return short
    try:
        return markup.to_text(block)
    except markup.MarkupError:
        return short


def _found(text: str, stems: set[str]) -> set[str]:
    return {
        stem
        for word in folding.WORD.findall(text)
        for stem in folding.stems(word)
        if stem in stems
    }


def _part_of(text: str, stems: set[str]) -> str:
    """Return as much of a text as is shown, from a little before what was found."""
    if len(text) <= LONGEST:
        return text
    starts = (m.start() for m in folding.WORD.finditer(text) if _is_in(m[0], stems))
    first = next(starts, 0)
    begin = text.find(" ", first - BEFORE) + 1 if first > BEFORE else 0
    end = begin + LONGEST
    if end >= len(text):
        return f"… {text[begin:]}"
    cut = text[begin : max(text.rfind(" ", begin, end), begin + 1)]
    return f"{'… ' if begin else ''}{cut} …"


def _marked(text: str, stems: set[str]) -> Iterator[Part]:
    at = 0
    for match in folding.WORD.finditer(text):
        if _is_in(match[0], stems):
            yield text[at : match.start()], False
            yield match[0], True
            at = match.end()
    yield text[at:], False


def _is_in(word: str, stems: set[str]) -> bool:
    return any(stem in stems for stem in folding.stems(word))
