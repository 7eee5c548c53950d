"""What every screen of one summary stands in: its title, its state, its tabs."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from conditions.models import Page
from conditions.often import Given, Often
from editorial import history, sending_back, triage
from editorial.desk import rows
from editorial.desk.site import roles_here

DRAFTS_ARE_FOR = "Drafts are for writers, medical reviewers and editors."


def find(request, pk):
    """Return the summary, for people who hold a role: drafts are nobody else's.

    Raises Http404 for any text that is no number of a summary.
    """
    if not roles_here(request):
        raise PermissionDenied(DRAFTS_ARE_FOR)
    summary = _head.first(pk=number(pk))
    if summary is None:
        raise Http404("There is no such summary.")
    return summary


@Often
def _head():
    return rows.heads().filter(pk=Given("pk"))


def number(pk):
    """Return the number that an address names; 0, which no row has, for other words."""
    text = str(pk)
    # One longer than any key is refused by int() or by the database.
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def address(name, summary, *more):
    """Return the address of one of a summary's screens: change, history, revision…"""
    return reverse(f"admin:editorial_summary_{name}", args=(summary.pk, *more))


def frame(request, summary, here):
    """Return the context that `editorial/summary/_head.html` needs."""
    sent_back = history.sent_back(summary)
    return {
        **admin.site.each_context(request),
        "title": str(summary),
        "summary": summary,
        "state": rows.state_badge(summary.status, set_aside=summary.set_aside),
        "public": rows.public_badge(summary.public, summary.live_number),
        "page_address": Page(
            condition=summary.condition, question=summary.question
        ).address,
        "to_mind": triage.to_mind(summary),
        "may_triage": bool(roles_here(request) & triage.WHO),
        "sent_back": sent_back,
        "sent_back_for": sending_back.of(sent_back) if sent_back else [],
        "tabs": _tabs(summary, here),
    }


def show(request, template, summary, here, *, status=200, **more):
    """Answer with one of a summary's screens."""
    request.current_app = admin.site.name
    context = {**frame(request, summary, here), **more}
    return TemplateResponse(
        request, f"editorial/summary/{template}", context, status=status
    )


def _tabs(summary, here):
    return [
        {"label": label, "address": address(name, summary), "here": name == here}
        for name, label in (
            ("change", "Text"),
            ("review", "Review"),
            ("comments", "Comments"),
            ("history", "History"),
        )
    ]
