"""Marks the passages that comments are about in a text as readers will see it.

Puts marks round what was rendered already, and changes nothing of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.safestring import SafeString

from conditions import markup
from conditions.outline import Run
from editorial.desk.review.discussion import Shown
from editorial.models import Field, Summary

# A citation is no word of the text; between two other tags stand words.
_TAGS = re.compile(r'(<sup class="cite">.*?</sup>|<[^>]*>)', re.DOTALL)
_LETTERS = re.compile(r"&[^;\s]+;|.", re.DOTALL)
_BLANKS = ("&nbsp;", "\u00a0")
# From which letter of a block to which; blanks are not counted.
Stretch = tuple[int, int]
SHORT_ANSWER, BODY = 0, 1  # where in a text's blocks each field begins


def mark(
    blocks: list[dict[str, Any]], summary: Summary, shown: Iterable[Shown]
) -> list[dict[str, Any]]:
    """Return the blocks of a text with each passage marked that a comment is about.

    `blocks` are those of `passages.whole`: the short answer, then the body's.
    """
    found: dict[int, list[tuple[Shown, Stretch]]] = {}
    outlines: dict[str, list[tuple[Run, int]]] = {}
    for one in shown if blocks else ():
        if not (one.comment.quote and one.place and one.thread.is_open):
            continue
        name = one.comment.field
        if name not in outlines:
            outline = markup.outline(getattr(summary, name))
            outlines[name] = [(run, _letters(run.text)) for run in outline]
        for number, stretch in _stretches(outlines[name], one, name):
            found.setdefault(number, []).append((one, stretch))
    return [_marked(block, found.get(n, [])) for n, block in enumerate(blocks)]


def _letters(words: str) -> int:
    return sum(not letter.isspace() for letter in words)


def _marked(
    block: dict[str, Any], found: list[tuple[Shown, Stretch]]
) -> dict[str, Any]:
    if not found:
        return block
    html = in_html(block["html"], [stretch for _, stretch in found])
    return {**block, "html": html, "comments": [one for one, _ in found]}


def _stretches(
    outline: list[tuple[Run, int]], one: Shown, name: str
) -> Iterator[tuple[int, Stretch]]:
    """Yield block and stretch of each block in which a passage has letters."""
    place, before, within = one.place, Counter[int](), Counter[int]()
    assert place, "only what was found is marked"
    for run, letters in outline:
        number = BODY + run.block if name == Field.BODY else SHORT_ANSWER
        if run.places[-1] <= place.start:
            before[number] += letters
            continue
        if run.places[0] >= place.end:
            break
        for letter, at in zip(run.text, run.places, strict=False):
            if not letter.isspace() and at < place.end:
                (before if at < place.start else within)[number] += 1
    for number, letters in within.items():
        yield number, (before[number], before[number] + letters)


def in_html(html: str, stretches: list[Stretch]) -> SafeString:
    """Return rendered words with a mark round each stretch, tag by tag."""
    pieces, letters = [], 0
    for number, piece in enumerate(_TAGS.split(html)):
        if number % 2 or not piece or piece.isspace():
            pieces.append(piece)
            continue
        marked = False
        for letter in _LETTERS.findall(piece):
            blank = letter in _BLANKS or letter.isspace()
            # A blank belongs to the letters on both its sides.
            inside = any(start + blank <= letters < end for start, end in stretches)
            if inside != marked:
                pieces.append('<mark class="commented">' if inside else "</mark>")
                marked = inside
            pieces.append(letter)
            letters += not blank
        pieces.append("</mark>" if marked else "")
    return SafeString("".join(pieces))
