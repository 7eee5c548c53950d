"""One order for the passages of two texts and of the text they grew out of.

It pairs passages and keeps the order of each text. No database, and no choice is made.
"""

from collections.abc import Iterator

from conditions.alignment import Effort, equal_runs, similar_pairs, stretches
from conditions.tokens import vocabulary

Blocks = list[str]
Words = tuple[str | None, str | None, str | None]
# Where one passage stands in the base, the standing and the kept text.
Row = tuple[int | None, int | None, int | None]
Between = dict[int, tuple[int, int]]


def woven(base: Blocks, standing: Blocks, kept: Blocks) -> Iterator[Words]:
    """Yield each passage's words in the three texts, None where a text lacks it.

    At each step the first of those goes that wait for nothing else.
    """
    texts = (base, standing, kept)
    rows = _rows(*texts)
    heads = [0, 0, 0]
    while any(head < len(text) for head, text in zip(heads, texts, strict=True)):
        row = _ready(rows, heads)
        first, second, third = (
            None if place is None else text[place]
            for place, text in zip(row, texts, strict=True)
        )
        yield first, second, third
        heads = [
            head + (place is not None) for head, place in zip(heads, row, strict=True)
        ]


def _ready(rows: list[dict[int, Row]], heads: list[int]) -> Row:
    """Return the first row at whose every place the reading has arrived."""
    for side, head in enumerate(heads):
        row = rows[side].get(head)
        if row and all(
            place in (None, at) for place, at in zip(row, heads, strict=True)
        ):
            return row
    raise AssertionError("Two passages wait for each other.")


def _rows(base: Blocks, standing: Blocks, kept: Blocks) -> list[dict[int, Row]]:
    """Return the row of every place of each of the three texts."""
    effort, end = Effort(), len(base)
    ours = dict(_paired(base, standing, effort, set(standing) - set(kept)))
    theirs = dict(_paired(base, kept, effort, set(kept) - set(standing)))
    mine, other = _new(ours, len(standing), end), _new(theirs, len(kept), end)
    # Without a base, all was added; then what stands alone is taken for the same.
    anew = set() if base else set(kept)
    alike = {
        here: there
        for here, there in _added(standing, mine, kept, other, effort, anew)
        if _at_one_place(mine[here], other[there])
    }
    rows: list[Row] = [(i, ours.get(i), theirs.get(i)) for i in range(end)]
    rows += [(None, place, alike.get(place)) for place in mine]
    rows += [(None, None, place) for place in other.keys() - set(alike.values())]
    return [
        {place: row for row in rows if (place := row[side]) is not None}
        for side in range(3)
    ]


def _paired(
    old: Blocks, new: Blocks, effort: Effort, anew: set[str]
) -> Iterator[tuple[int, int]]:
    """Pair passages with what they became, in order.

    Those in `anew` are paired with an unlike one too, where one alone went and came.
    """
    for part in stretches(equal_runs(old, new, effort), len(old), len(new)):
        a, b = part.old.start, part.new.start
        if part.matched:
            yield from ((a + i, b + i) for i in range(part.old.stop - a))
        else:
            for i, j in _likened(old[part.old], new[part.new], effort, anew):
                yield a + i, b + j


def _likened(
    old: Blocks, new: Blocks, effort: Effort, anew: set[str]
) -> Iterator[tuple[int, int]]:
    found = similar_pairs([*map(vocabulary, old)], [*map(vocabulary, new)], effort)
    for part in stretches(found, len(old), len(new)):
        went, came = old[part.old], new[part.new]
        if part.matched or (len(went) == len(came) == 1 and came[0] in anew):
            yield part.old.start, part.new.start


def _new(pairs: dict[int, int], length: int, end: int) -> Between:
    """Return the places that no passage of the base became, and what they are between.

    Those are the place in the base of what is before it, -1 for nothing, and of what is
    after it, `end` for nothing.
    """
    found: Between = {}
    start, before = 0, -1
    became = sorted((place, old) for old, place in pairs.items())
    for place, old in (*became, (length, end)):
        found |= dict.fromkeys(range(start, place), (before, old))
        start, before = place + 1, old
    return found


def _added(
    standing: Blocks,
    mine: Between,
    kept: Blocks,
    other: Between,
    effort: Effort,
    anew: set[str],
) -> Iterator[tuple[int, int]]:
    """Pair what each text added with its like in the other."""
    here, there = [*mine], [*other]
    old, new = [standing[i] for i in here], [kept[j] for j in there]
    for i, j in _paired(old, new, effort, anew):
        yield here[i], there[j]


def _at_one_place(mine: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether two additions fit between the same two passages of the base."""
    return max(mine[0], other[0]) < min(mine[1], other[1])
