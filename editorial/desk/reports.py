"""The reports for editors: a chart, its table, and the same figures as a file.

Reads only.
"""

import csv

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_safe

from editorial import clock, reporting
from editorial.desk import chart
from editorial.desk.site import SCREENS, roles_here

# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def urls(site):
    """Return the addresses of the screen and of each file."""
    return [
        path("reports/", site.admin_view(show), name="reports"),
        path("reports/<slug:name>.csv", site.admin_view(download), name="report_csv"),
    ]


@require_safe
def show(request):
    """Show every report of the last months."""
    _require(request)
    request.current_app = admin.site.name
    context = {
        **admin.site.each_context(request),
        "title": "Reports",
        "subtitle": None,
        "months": reporting.MONTHS,
        "reports": [(one, chart.of(one)) for one in reporting.all_of_them()],
    }
    return TemplateResponse(request, "editorial/reports.html", context)


@require_safe
def download(request, name):
    """Answer with one report as comma-separated values, one line a month."""
    _require(request)
    if name not in reporting.REPORTS:
        raise Http404("There is no such report.")
    report = reporting.REPORTS[name]()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    file = f"{report.name}-{clock.today().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    writer = csv.writer(response)
    writer.writerow(["Month", *map(plain, report.columns)])
    for line in report.lines:
        month = line.month.strftime("%Y-%m")
        writer.writerow([month, *("" if c is None else plain(c) for c in line.cells)])
    return response


def plain(cell):
    """Return a cell that no spreadsheet runs: a text like a formula gets a quote first.

    OWASP, “CSV Injection”.
    """
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell


def _require(request):
    if not roles_here(request) & SCREENS["reports"]:
        raise PermissionDenied("Reports are for editors.")
