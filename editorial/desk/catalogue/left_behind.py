"""The list of live pages that the catalogue has left behind, each with what to do next.

Reads only: the links lead to the verbs.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from editorial import left_behind
from editorial.desk import rows
from editorial.desk.site import roles_here
from editorial.models import Summary
from editorial.states import MOVES

A_PAGE = 50  # pages of the site
ACTS = ("start_revision", "recheck", "withdraw")


def urls(site):
    """Return the address of the list, below the summaries' own."""
    return [
        path(
            "left-behind/",
            site.admin_view(show),
            name="editorial_summary_left_behind",
        )
    ]


@require_safe
def show(request):
    """Show the pages that cite a source retracted since first, then all others."""
    held = roles_here(request)
    if not held:
        raise PermissionDenied("This is for writers, medical reviewers and editors.")
    behind = sorted(left_behind.pages(), key=lambda one: not one.retracted)
    shown = Paginator(behind, A_PAGE).get_page(request.GET.get("p"))
    request.current_app = admin.site.name
    context = {
        **admin.site.each_context(request),
        "title": "Pages that the catalogue has left behind",
        "subtitle": None,
        "shown": shown,
        "places": places(shown.object_list, held),
    }
    return TemplateResponse(request, "editorial/catalogue/left_behind.html", context)


def places(behind, held):
    """Return for each page what it is, what differs, and the verbs possible now."""
    keys = [one.page.summary_pk for one in behind]
    summaries = Summary.objects.in_bulk(keys)
    return [
        {
            "page": one.page,
            "asked": one.page.question.asked_of(one.page.condition),
            "edition": one.page.live_edition.number,
            "differs": one.differs,
            "retracted": one.retracted,
            "state": rows.state_badge(summaries[one.page.summary_pk].status),
            "acts": acts(
                summaries[one.page.summary_pk], held, withdraw=bool(one.retracted)
            ),
        }
        for one in behind
    ]


def acts(summary, held, *, withdraw):
    """Return the verbs that renew a live page, for these roles and in its state."""
    return [
        {
            "label": MOVES[name].label,
            "address": reverse("admin:editorial_summary_move", args=(summary.pk, name)),
        }
        for name in (ACTS if withdraw else ACTS[:2])
        if held & MOVES[name].roles and summary.status in MOVES[name].origins
    ]
