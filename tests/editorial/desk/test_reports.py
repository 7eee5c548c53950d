"""The screen of the reports, their charts and their files: for editors alone."""

import csv
from datetime import date
from io import StringIO
from itertools import pairwise

import pytest

from editorial import clock, reporting
from editorial.desk import chart, reports
from editorial.reporting import Line, Report
from tests.builders import Desk, sign

SCREEN = "/admin/reports/"


@pytest.fixture
def desk(db):
    return Desk()


def report(*values):
    lines = [
        Line(date(2026, number + 1, 1), (value,), value)
        for number, value in enumerate(values)
    ]
    return Report("r", "R", "Says.", "pages", ("Pages",), lines)


def test_reports_are_for_editors_alone(client, desk):
    for user, status in ((desk.editor, 200), (desk.writer, 403), (desk.reviewer, 403)):
        client.force_login(user)
        assert client.get(SCREEN).status_code == status
        assert client.get(f"{SCREEN}overdue.csv").status_code == status
        menu = client.get("/admin/").content.decode()
        assert ('href="/admin/reports/"' in menu) == (status == 200)


def test_each_chart_is_named_described_and_followed_by_its_table(client, desk):
    sign(desk.in_review(), by=desk.reviewer)
    client.force_login(desk.editor)

    page = client.get(SCREEN).content.decode()

    for name in reporting.REPORTS:
        assert f'aria-labelledby="{name}-title {name}-desc"' in page
        assert f'<title id="{name}-title">' in page
        assert f'<desc id="{name}-desc">' in page
        assert f'href="/admin/reports/{name}.csv"' in page
    assert page.count("<svg") == page.count("<table") == len(reporting.REPORTS)
    assert "<script" not in page.split("<main")[1]
    assert " style=" not in page


@pytest.mark.parametrize("name", reporting.REPORTS)
def test_a_file_has_the_figures_of_the_table(client, desk, name):
    sign(desk.in_review(), by=desk.reviewer)
    client.force_login(desk.editor)

    answer = client.get(f"{SCREEN}{name}.csv")

    rows = list(csv.reader(StringIO(answer.content.decode())))
    told = reporting.REPORTS[name]()
    assert rows[0] == ["Month", *told.columns]
    assert rows[-1] == [
        f"{clock.today():%Y-%m}",
        *("" if cell is None else str(cell) for cell in told.lines[-1].cells),
    ]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{name}-{clock.today()}.csv"'
    )


def test_a_report_that_is_none_is_not_found(client, desk):
    client.force_login(desk.editor)

    assert client.get(f"{SCREEN}nothing.csv").status_code == 404


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(1)"]
)
def test_a_cell_like_a_formula_is_quoted(cell):
    assert reports.plain(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Overdue", "", "1-2", 0, -1, 2.5, None])
def test_any_other_cell_is_left_as_it_is(cell):
    assert reports.plain(cell) == cell


@pytest.mark.parametrize(
    ("most", "scale"),
    [
        (0, ["0", "1", "2", "3", "4"]),
        (4, ["0", "1", "2", "3", "4"]),
        (4.1, ["0", "2", "4", "6", "8"]),
        (30, ["0", "10", "20", "30", "40"]),
        (60_000, ["0", "20000", "40000", "60000", "80000"]),
    ],
)
def test_the_scale_goes_up_to_the_highest_bar(most, scale):
    assert [said for _, said in chart.of(report(most)).scale] == scale


def test_a_bar_is_as_high_as_its_figure():
    bars = chart.of(report(0, 2, 4, None)).bars

    whole = bars[2].height
    assert [bar.height for bar in bars] == [0, whole // 2, whole, 0]
    assert [bar.label for bar in bars] == ["0", "2", "4", "–"]
    assert whole == chart.HEIGHT - chart.TOP - chart.BOTTOM


def test_a_range_is_drawn_from_its_lowest_to_its_highest():
    line = Line(date(2026, 1, 1), (), 2, 1, 4)
    (bar,) = chart.of(Report("r", "R", "S", "days", (), [line])).bars

    assert bar.high == chart.TOP
    assert bar.high < bar.y < bar.low < chart.HEIGHT - chart.BOTTOM


def test_twelve_bars_fit_beside_each_other():
    bars = chart.of(report(*range(1, 13))).bars

    for one, after in pairwise(bars):
        assert one.x + one.width <= after.x
    assert bars[0].x >= chart.LEFT
    assert bars[-1].x + bars[-1].width <= chart.WIDTH
