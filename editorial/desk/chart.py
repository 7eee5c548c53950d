"""A bar chart of one report: where each bar, line and word of it stands. No markup.

The template draws it as SVG; lengths are in units of its own view box.
"""

from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 720, 250
LEFT, TOP, BOTTOM = 44, 22, 32  # room for what is written around the bars
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """One month; `low` and `high` are the ends of the line over it, if it has one."""

    month: date
    label: str
    x: int
    y: int
    width: int
    height: int
    middle: int
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Chart:
    """The bars, and the lines across with what each stands for."""

    bars: list[Bar]
    scale: list[tuple[int, str]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - BOTTOM


def of(report):
    """Return the chart of a report."""
    values = [v for one in report.lines for v in (one.value, one.high) if v is not None]
    step = _step(max(values, default=0))
    top = step * 4
    width = (WIDTH - LEFT) // max(len(report.lines), 1)
    return Chart(
        [
            _bar(line, LEFT + number * width, width, top)
            for number, line in enumerate(report.lines)
        ],
        [(_y(step * n, top), _said(step * n)) for n in range(5)],
    )


def _step(most):
    """Return a quarter of the scale: 1, 2 or 5, or tens or hundreds of these."""
    ten = 1
    while True:
        for one in STEPS:
            if one * ten * 4 >= most:
                return one * ten
        ten *= 10


def _bar(line, x, room, top):
    y = _y(line.value or 0, top)
    ranged = line.low is not None and line.high is not None
    return Bar(
        month=line.month,
        label="–" if line.value is None else _said(line.value),
        x=x + room // 5,
        y=y,
        width=room * 3 // 5,
        height=HEIGHT - BOTTOM - y,
        middle=x + room // 2,
        low=_y(line.low, top) if ranged else None,
        high=_y(line.high, top) if ranged else None,
    )


def _y(value, top):
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top)


def _said(value):
    return f"{value:g}"
