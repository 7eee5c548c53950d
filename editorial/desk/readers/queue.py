"""The list of readers' reports: those that wait, then what was decided. Reads only."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Window
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from conditions.models import Report
from editorial import triage
from editorial.desk.home.queues_waiting import A_LOOK
from editorial.desk.home.waiting import Group, Row
from editorial.models import Triage

A_PAGE = 50
HERE = "editorial_summary_readers_reports"


def urls(site):
    """Return the address of the list, below the summaries' own."""
    return [path("readers-reports/", site.admin_view(show), name=HERE)]


def waiting():
    """Return the reports that nobody has decided on, the oldest first."""
    decided = Triage.objects.filter(report=OuterRef("pk"))
    rows = Report.objects.filter(~Exists(decided)).order_by("sent_at", "pk")
    page = "edition__page"
    return rows.select_related(f"{page}__condition", f"{page}__question").defer(
        "edition__content", "edition__record"
    )


def group():
    """Return what the home shows of them: the first, and how many there are."""
    counted = waiting().annotate(how_many=Window(Count("pk"))).defer("words")
    first = list(counted[:A_LOOK])
    return Group(
        *("reports", "readers’ reports", "Reported", "warn"),
        address=reverse(f"admin:{HERE}"),
        rows=[
            Row(what=asked(one), address=address(one), since=one.sent_at)
            for one in first
        ],
        count=first[0].how_many if first else 0,
    )


def asked(report):
    """Return the question of the page that a report is about."""
    page = report.edition.page
    return page.question.asked_of(page.condition)


def address(report):
    """Return where a report is decided on."""
    return reverse("admin:editorial_summary_readers_report", args=(report.pk,))


@require_safe
def show(request):
    """Show one of two lists, a page at a time: `?done` has what was decided."""
    triage.require(request.user)
    request.current_app = admin.site.name
    done = "done" in request.GET
    rows = _decided() if done else waiting()
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
    context = {
        **admin.site.each_context(request),
        "title": "Readers’ reports",
        "subtitle": None,
        "done": done,
        "shown": shown,
        "places": list(map(_decided_place if done else _place, shown.object_list)),
    }
    return TemplateResponse(request, "editorial/readers/queue.html", context)


def _decided():
    page = "report__edition__page"
    rows = Triage.objects.order_by("-at", "-pk").select_related(
        "by", f"{page}__condition", f"{page}__question"
    )
    return rows.defer("report__edition__content", "report__edition__record")


def _place(report):
    return {"report": report, "asked": asked(report), "address": address(report)}


def _decided_place(decided):
    return {**_place(decided.report), "decided": decided}
