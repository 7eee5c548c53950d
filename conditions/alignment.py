"""What two sequences have in common, in order, found in a bounded number of steps."""

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

# Below this, two paragraphs share little more than the words that all texts share.
_LEAST_LIKENESS = 0.4

# Above these, things that stand once in each sequence part it before difflib's search.
_LONG, _DEAR = 1_000, 100_000
# Steps that the smallest comparison costs, so that many small ones are bounded too.
_OVERHEAD = 60

Span = tuple[int, int, int, int]


class Match(NamedTuple):
    """`size` things at place `old` of one sequence, and their like at `new`."""

    old: int
    new: int
    size: int


class Stretch(NamedTuple):
    """A part of both sequences, matched or not; where not, one side may be empty."""

    old: slice
    new: slice
    matched: bool


@dataclass
class Effort:
    """How many steps a comparison may still take; some millions of them a second."""

    left: int = 4_000_000

    def allows(self, steps: int) -> bool:
        """Take the steps off what is left, or return False where they are too many."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


def equal_runs(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[Match]:
    """Return runs of equal things, in order.

    Once the effort is spent, what was not yet looked at counts as different.
    """
    found: list[Match] = []
    spans = [(0, len(old), 0, len(new))]
    while spans:
        a, b, c, d = spans.pop()
        head = _shared(zip(old[a:b], new[c:d], strict=False))
        found.append(Match(a, c, head))
        a, c = a + head, c + head
        tail = _shared(zip(old[a:b][::-1], new[c:d][::-1], strict=False))
        b, d = b - tail, d - tail
        found.append(Match(b, d, tail))
        inside, gaps = _within(old[a:b], new[c:d], effort)
        found.extend(Match(a + i, c + j, size) for i, j, size in inside)
        spans.extend((a + i, a + j, c + k, c + m) for i, j, k, m in gaps)
    return _merged(found)


def _shared(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _merged(matches: list[Match]) -> list[Match]:
    merged: list[Match] = []
    for match in sorted(match for match in matches if match.size):
        if merged and _gap(merged[-1], match) == 0:
            merged[-1] = merged[-1]._replace(size=merged[-1].size + match.size)
        else:
            merged.append(match)
    return merged


def _within(
    old: Sequence[str], new: Sequence[str], effort: Effort
) -> tuple[list[Match], list[Span]]:
    """Return matches, and the spans that are still to be looked at."""
    if not (old and new and effort.allows(_OVERHEAD + len(old) + len(new))):
        return [], []
    times = Counter(new)
    price = [0, *accumulate(1 + times[thing] for thing in old)]
    short = len(old) <= _LONG and price[-1] <= _DEAR
    anchors = [] if short else _anchors(old, new, times)
    if not anchors:
        return _longest_first(old, new, price, effort), []
    ends = [(-1, -1), *anchors, (len(old), len(new))]
    gaps = [(a + 1, b, c + 1, d) for (a, c), (b, d) in pairwise(ends)]
    return [Match(i, j, 1) for i, j in anchors], gaps


def _anchors(
    old: Sequence[str], new: Sequence[str], times: Counter[str]
) -> list[tuple[int, int]]:
    """Return the places of what stands once in each, as far as the order agrees."""
    once = {
        thing for thing, count in Counter(old).items() if count == times[thing] == 1
    }
    places = {thing: j for j, thing in enumerate(new) if thing in once}
    return _rising([(i, places[thing]) for i, thing in enumerate(old) if thing in once])


def _longest_first(
    old: Sequence[str], new: Sequence[str], price: list[int], effort: Effort
) -> list[Match]:
    """Do what difflib does, the widest spans first, and no more than is allowed.

    difflib's own loop can take minutes on texts that repeat a few words.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    spans = deque([(0, len(old), 0, len(new))])
    found = []
    while spans:
        a, b, c, d = spans.popleft()
        if a == b or c == d or not effort.allows(price[b] - price[a]):
            continue
        match = Match(*matcher.find_longest_match(a, b, c, d))
        if match.size:
            found.append(match)
            spans.append((a, match.old, c, match.new))
            spans.append((match.old + match.size, b, match.new + match.size, d))
    return found


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most of these pairs, sorted by the first, whose second rises too."""
    # lowest[n] is the lowest second that ends a chain of n + 1; last[n] is its pair.
    lowest: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for place, (_, second) in enumerate(pairs):
        length = bisect_left(lowest, second)
        lowest[length : length + 1] = [second]
        last[length : length + 1] = [place]
        previous.append(last[length - 1] if length else -1)
    place = last[-1] if last else -1
    chain = []
    while place >= 0:
        chain.append(pairs[place])
        place = previous[place]
    return chain[::-1]


def similar_pairs(
    old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], effort: Effort
) -> list[Match]:
    """Pair things by the words they share, in order, for the greatest likeness in all.

    Where there are too many for that, the first is paired with the first, and so on.
    """
    if not effort.allows(4 * len(old) * len(new)):
        firsts = zip(old, new, strict=False)
        return [Match(i, i, 1) for i, (a, b) in enumerate(firsts) if _likeness(a, b)]
    likeness = [[_likeness(a, b) for b in new] for a in old]
    # best[i][j] is the greatest likeness of old from i with new from j.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = likeness[i][j] + best[i + 1][j + 1]
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return _traced(best)


def _traced(best: list[list[float]]) -> list[Match]:
    i = j = 0
    found = []
    while best[i][j]:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append(Match(i, j, 1))
            i, j = i + 1, j + 1
    return found


def _likeness(old: frozenset[str], new: frozenset[str]) -> float:
    """Return the share of words in common, 0 where it says nothing."""
    share = 2 * len(old & new) / (len(old) + len(new) or 1)
    return share if share >= _LEAST_LIKENESS else 0.0


def stretches(matches: list[Match], old: int, new: int) -> Iterator[Stretch]:
    """Yield two sequences of these lengths from end to end, matched and unmatched."""
    i = j = 0
    for match in (*matches, Match(old, new, 0)):
        if match.old > i or match.new > j:
            yield Stretch(slice(i, match.old), slice(j, match.new), matched=False)
        i, j = match.old + match.size, match.new + match.size
        if match.size:
            yield Stretch(slice(match.old, i), slice(match.new, j), matched=True)


def telling(
    matches: list[Match], old: int, new: int, slight: Callable[[Match], bool]
) -> list[Match]:
    """Leave out slight matches that stand alone in the middle of a larger change."""
    kept: list[Match] = []
    ends = [*matches, Match(old, new, 0)]
    last = Match(0, 0, 0)
    for match, following in pairwise(ends):
        before, after = _gap(last, match), _gap(match, following)
        if min(before, after) <= match.size or not slight(match):
            kept.append(match)
            last = match
    return kept


def _gap(match: Match, following: Match) -> int:
    """Return how many things changed between two matches, on the longer side."""
    return max(
        following.old - match.old - match.size, following.new - match.new - match.size
    )
