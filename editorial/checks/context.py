"""What stands with a sentence: its neighbours, its row, and the line that leads to it.

Knows no rule: a check that asks what a statement rests on asks here first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from conditions.outline import Run
from editorial.checks.text import Sentence, Text


@dataclass(frozen=True)
class _Group:
    """Words that stand together, and whether a citation is among them."""

    words: str
    cited: bool


@dataclass(frozen=True)
class InContext:
    """A sentence that may state something, with what is read together with it.

    That is the row of its table, the line that leads to its list or table, or, of such
    a line, the list or table itself.
    """

    sentence: Sentence
    neighbours: tuple[Sentence, ...]
    groups: tuple[_Group, ...]

    @property
    def cited(self) -> bool:
        """Whether a citation stands in the sentence, or in what it is read with."""
        return bool(self.sentence.cited) or any(group.cited for group in self.groups)

    @property
    def parts(self) -> tuple[str, ...]:
        """Its words, those of the sentences beside it, and those it is read with."""
        near = (one.words for one in self.neighbours)
        return self.sentence.words, *near, *(group.words for group in self.groups)


def in_context(text: Text) -> Iterator[InContext]:
    """Yield every sentence but those of headings, in reading order."""
    rows = {id(run): group for row, group in _rows(text.runs) for run in row}
    leads: dict[int, _Group] = {}
    below: dict[int, _Group] = {}
    for lead, led in _led(text.runs):
        below[id(lead)] = _group(led)
        line = _Group(lead.text, _last_is_cited(lead))
        leads |= {id(run): line for run in led}
    sentences = text.prose
    for before, this, after in zip(
        (None, *sentences), sentences, (*sentences[1:], None), strict=False
    ):
        run = id(this.run)
        last = this.words.endswith(":")
        found = (rows.get(run), leads.get(run), below.get(run) if last else None)
        yield InContext(
            this,
            tuple(one for one in (before, after) if one and one.run is this.run),
            tuple(group for group in found if group),
        )


def _group(runs: Sequence[Run]) -> _Group:
    return _Group(" | ".join(run.text for run in runs), any(run.cited for run in runs))


def _last_is_cited(lead: Run) -> bool:
    """Say whether the sentence that ends with the colon cites something itself."""
    line = max(lead.text.rfind(stop) for stop in (". ", "? ", "! "))
    return any(at > line + 1 for at, _ in lead.cited)


def _rows(runs: Sequence[Run]) -> Iterator[tuple[list[Run], _Group]]:
    """Yield the cells of each row; a header that cites stands with every row."""
    tables: dict[int, tuple[list[Run], list[Run]]] = {}
    for run in runs:
        if run.kind in ("header", "cell"):
            tables.setdefault(run.block, ([], []))[run.kind == "cell"].append(run)
    for headers, cells in tables.values():
        citing = [header for header in headers if header.cited]
        width = len(headers) or 1
        for at in range(0, len(cells), width):
            row = cells[at : at + width]
            yield row, _group([*citing, *row])


def _led(runs: Sequence[Run]) -> Iterator[tuple[Run, Sequence[Run]]]:
    """Yield each line that ends with a colon, with the items or cells under it."""
    for at, (lead, after) in enumerate(pairwise(runs), 1):
        if not lead.text.rstrip().endswith(":") or after.kind not in ("item", "header"):
            continue
        own = lead.level if lead.kind == "item" else -1
        end = at
        while (
            end < len(runs) and runs[end].block == after.block and runs[end].level > own
        ):
            end += 1
        if led := runs[at:end]:
            yield lead, led
