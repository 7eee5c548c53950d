"""What a benchmark measured is drawn to scale, and told in a table."""

from xml.etree import ElementTree

import pytest

from tests.benchmarks import chart
from tests.benchmarks.chart import Measured

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    Measured("nginx, <a file>", [80_000.0, 90_000.0, 70_000.0]),
    Measured("printed", [8_000.0, 8_100.0, 7_900.0]),
    Measured("Django", [100.0, 100.0, 100.0]),
]
BESIDE = [*ROWS, Measured("a view", [50.0], ROWS[2])]


def drawn():
    found = ElementTree.fromstring(chart.drawing("Reads", "a second", ROWS))
    bars = [one for one in found.iter(f"{SVG}rect") if one.get("height") == "14"]
    return [float(bar.get("width")) for bar in bars], "".join(found.itertext())


def test_ten_times_as_much_is_always_as_far():
    nginx, printed, django = drawn()[0]

    assert django == 0
    assert nginx - printed == pytest.approx((nginx - django) / 2.903, abs=1)


def test_both_tell_median_least_and_most():
    words = drawn()[1]
    table = chart.table("Reads", "a second", ROWS)

    assert "nginx, <a file>" in words
    assert "80,000 (70,000–90,000)" in words
    assert "| printed | 8,000 (7,900–8,100) | 0.1000 |" in table


def test_what_is_beside_another_row_is_compared_with_it():
    assert "| a view | 50 (50–50) | 0.5000 |" in chart.table("Reads", "a", BESIDE)
