"""What was measured, as a table and as a drawing: the only writer of `measured/`."""

import math
from html import escape
from pathlib import Path
from statistics import median
from typing import NamedTuple

MEASURED = Path(__file__).with_name("measured")
WIDTH, LABELS, NUMBERS, ROW, TOP = 860, 280, 215, 30, 64  # pixels
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"
 font-family="system-ui, sans-serif" font-size="14">
<title>{title}</title>
<rect width="{width}" height="{height}" fill="#fff"/>
<text x="16" y="26" font-size="16" font-weight="600">{title}</text>
<text x="16" y="48" fill="#555">{told}</text>
{bars}
</svg>
"""
BAR = """\
<text x="16" y="{text}">{name}</text>
<rect x="{start}" y="{top}" width="{long:.1f}" height="14" fill="#0b6e6e"/>
<path d="M{low:.1f} {middle}H{high:.1f}" stroke="#111" stroke-width="2"/>
<text x="{end}" y="{text}" text-anchor="end">{said}</text>"""


class Measured(NamedTuple):
    """What one server or act was measured at, each number; and beside which other."""

    name: str
    values: list[float]
    beside: "Measured | None" = None  # the first, unless told

    @property
    def middle(self) -> float:
        return median(self.values)

    def said(self) -> str:
        low, high = min(self.values), max(self.values)
        return f"{self.middle:,.0f} ({low:,.0f}–{high:,.0f})"


def keep(name: str, title: str, unit: str, rows: list[Measured]) -> None:
    """Write `name`.md and `name`.svg."""
    MEASURED.mkdir(exist_ok=True)
    (MEASURED / f"{name}.md").write_text(table(title, unit, rows), "utf-8")
    (MEASURED / f"{name}.svg").write_text(drawing(title, unit, rows), "utf-8")


def table(title: str, unit: str, rows: list[Measured]) -> str:
    """Return a table in Markdown."""
    lines = [
        f"# {title}",
        "",
        f"| | {unit} (least–most) | of what it is beside |",
        "|---|---|---|",
    ]
    for one in rows:
        ratio = one.middle / (one.beside or rows[0]).middle
        lines.append(f"| {one.name} | {one.said()} | {ratio:.4f} |")
    return "\n".join(lines) + "\n"


def drawing(title: str, unit: str, rows: list[Measured]) -> str:
    """Return bars as SVG, ten times as much always as far: they differ by hundreds."""
    least = math.floor(math.log10(min(min(one.values) for one in rows)))
    most = math.ceil(math.log10(max(max(one.values) for one in rows)))

    def at(value: float) -> float:
        room = WIDTH - LABELS - NUMBERS
        return LABELS + room * (math.log10(value) - least) / (most - least)

    bars = []
    for number, one in enumerate(rows):
        top = TOP + number * ROW
        bars.append(
            BAR.format(
                name=escape(one.name),
                said=one.said(),
                top=top,
                text=top + 12,
                middle=top + 7,
                start=LABELS,
                long=at(one.middle) - LABELS,
                low=at(min(one.values)),
                high=at(max(one.values)),
                end=WIDTH - 16,
            )
        )
    return FRAME.format(
        width=WIDTH,
        height=TOP + len(rows) * ROW + 12,
        title=escape(title),
        told=escape(
            f"{unit}; median, least and most of {len(rows[0].values)}; "
            f"from {10**least:,} to {10**most:,}, by tens"
        ),
        bars="\n".join(bars),
    )
