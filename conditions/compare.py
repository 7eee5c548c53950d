"""Word diff of two texts, as marked-up HTML, for the desk and for readers. No database.

Numbers are never taken apart: a dose that was changed is shown whole, old and new.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from conditions.alignment import (
    Effort,
    Match,
    equal_runs,
    similar_pairs,
    stretches,
    telling,
)
from conditions.tokens import (
    Token,
    is_notable,
    lines,
    notable_parts,
    paragraphs,
    settled,
    tokens,
    vocabulary,
)

# Longer changed parts are shown line by line: nobody reads such a change word by word.
_MOST_WORDS = 10_000

_BREAK = format_html("<br>{}", "")


class _Step(NamedTuple):
    """A part that both texts have, then what only the old and only the new one has."""

    kept: str
    gone: str
    come: str


@dataclass(frozen=True)
class Passage:
    """One paragraph of the old text, the new one or both.

    `html` is the flow of a paragraph; `words_changed` counts a replaced word once;
    `notable` says that a figure, a unit, a comparison or a negation is in the change.
    `old` and `new` are the paragraph in either text, "" where it is in the other alone.
    """

    kind: Literal["same", "changed", "added", "removed"]
    html: str
    words_changed: int
    notable: bool = False
    old: str = ""
    new: str = ""


def changed(old: str, new: str) -> bool:
    """Say whether a signature over one text would not cover the other."""
    return settled(old) != settled(new)


def words(old: str, new: str, effort: Effort | None = None) -> str:
    """Return the new text as HTML, with what was removed and added marked in place.

    Bounded in time: parts too large to compare word by word are shown line by line. Who
    shows many texts gives them one effort to share.
    """
    return _flow(_steps(settled(old), settled(new), effort or Effort()))


def passages(old: str, new: str) -> list[Passage]:
    """Return both texts paragraph by paragraph, each beside the one it came from."""
    effort = Effort()
    before, after = paragraphs(settled(old)), paragraphs(settled(new))
    shown: list[Passage] = []
    found = equal_runs(before, after, effort)
    for part in stretches(found, len(before), len(after)):
        if part.matched:
            shown.extend(map(_same_passage, before[part.old]))
        else:
            shown.extend(_changed(before[part.old], after[part.new], effort))
    return shown


def _same_passage(text: str) -> Passage:
    return Passage("same", _plain(text), 0, old=text, new=text)


def _changed(old: list[str], new: list[str], effort: Effort) -> Iterator[Passage]:
    pairs = similar_pairs([*map(vocabulary, old)], [*map(vocabulary, new)], effort)
    for part in stretches(pairs, len(old), len(new)):
        if part.matched:
            was, now = old[part.old.start], new[part.new.start]
            steps = list(_steps(was, now, effort))
            extent, notable = sum(map(_extent, steps)), any(map(_is_notable, steps))
            yield Passage("changed", _flow(steps), extent, notable, was, now)
            continue
        for was in old[part.old]:
            extent = len(was.split())
            yield Passage("removed", _removed(was), extent, is_notable(was), old=was)
        for now in new[part.new]:
            extent = len(now.split())
            yield Passage("added", _added(now), extent, is_notable(now), new=now)


def _steps(old: str, new: str, effort: Effort) -> Iterator[_Step]:
    return _joined(_line_steps(old, new, effort))


def _line_steps(old: str, new: str, effort: Effort) -> Iterator[_Step]:
    """Compare lines first: it is quick, and keeps a change within its lines."""
    before, after = lines(old), lines(new)
    # Blank lines are all alike; to match them would tie unlike paragraphs together.
    found = [
        match
        for match in equal_runs(before, after, effort)
        if any(line.strip() for line in before[match.old : match.old + match.size])
    ]
    for part in stretches(found, len(before), len(after)):
        gone, come = "".join(before[part.old]), "".join(after[part.new])
        if part.matched:
            yield _Step(gone, "", "")
        elif max(len(gone.split()), len(come.split())) > _MOST_WORDS:
            yield _Step("", gone, come)
        else:
            yield from _word_steps(tokens(gone), tokens(come), effort)


def _word_steps(old: list[Token], new: list[Token], effort: Effort) -> Iterator[_Step]:
    def slight(match: Match) -> bool:
        # "the" or a comma alone; but a number that stayed is shown to have stayed.
        keys = [token.key for token in old[match.old : match.old + match.size]]
        return len(keys) <= 2 and not any(k == "\n" or is_notable(k) for k in keys)

    found = equal_runs([t.key for t in old], [t.key for t in new], effort)
    found = telling(found, len(old), len(new), slight)
    for part in stretches(found, len(old), len(new)):
        if part.matched:
            for mine, other in zip(old[part.old], new[part.new], strict=True):
                yield _same(mine, other)
        else:
            gone, come = old[part.old], new[part.new]
            yield _Step("", "".join(map("".join, gone)), "".join(map("".join, come)))


def _same(old: Token, new: Token) -> _Step:
    if old.blank == new.blank:
        return _Step(old.key + old.blank, "", "")
    return _Step(old.key, old.blank, new.blank)


def _joined(steps: Iterable[_Step]) -> Iterator[_Step]:
    """Join changes with nothing between them, and leave shared blanks out of them."""
    kept = gone = come = ""
    for step in steps:
        if step.kept and (gone or come):
            lead, gone, come, trail = _trimmed(gone, come)
            yield _Step(kept + lead, gone, come)
            kept, gone, come = trail, "", ""
        kept += step.kept
        gone += step.gone
        come += step.come
    lead, gone, come, trail = _trimmed(gone, come)
    yield _Step(kept + lead, gone, come)
    yield _Step(trail, "", "")


def _trimmed(gone: str, come: str) -> tuple[str, str, str, str]:
    """Return the blanks both begin with, both without blanks, and those at the end."""
    lead = _shared_blanks(gone, come)
    gone, come = gone[len(lead) :], come[len(lead) :]
    trail = _shared_blanks(gone[::-1], come[::-1])[::-1]
    return (
        lead,
        gone.removesuffix(trail),
        come.removesuffix(trail),
        trail,
    )


def _shared_blanks(old: str, new: str) -> str:
    pairs = zip(old, new, strict=False)
    return "".join(
        a for a, b in takewhile(lambda p: p[0] == p[1] and p[0].isspace(), pairs)
    )


def _extent(step: _Step) -> int:
    return max(len(step.gone.split()), len(step.come.split()))


def _flow(steps: Iterable[_Step]) -> SafeString:
    return format_html_join(
        "",
        "{}{}{}",
        (
            (_plain(kept), _removed(gone, come), _added(come, gone))
            for kept, gone, come in steps
        ),
    )


def _is_notable(step: _Step) -> bool:
    return is_notable(step.gone, step.come) or is_notable(step.come, step.gone)


def _removed(text: str, instead: str = "") -> SafeString | str:
    if not text:
        return ""
    return format_html(
        '<del><span class="visually-hidden">removed: </span>{}</del>',
        _stressed(text, instead),
    )


def _added(text: str, instead: str = "") -> SafeString | str:
    if not text:
        return ""
    return format_html(
        '<ins><span class="visually-hidden">added: </span>{}</ins>',
        _stressed(text, instead),
    )


def _stressed(text: str, instead: str) -> SafeString:
    """Return a change as HTML in which what alters a dose or a sense stands out."""
    parts = notable_parts(text, instead)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<b class="num">{}</b>', part) if place % 2 else _plain(part),)
            for place, part in enumerate(parts)
        ),
    )


def _plain(text: str) -> SafeString:
    return format_html_join(_BREAK, "{}", ((line,) for line in text.split("\n")))
