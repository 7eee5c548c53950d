"""Answers a form while it is typed: preview, words, faults, findings. Saves nothing."""

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_POST

from editorial import clock, roles, rules
from editorial.desk import frame
from editorial.desk.text.text_form import TextForm
from editorial.desk.text.typed import typed


def urls(site):
    """Return the address that a text being typed is sent to, below its summary's."""
    return [
        path("<int:pk>/live/", site.admin_view(show), name="editorial_summary_live")
    ]


@require_POST
def show(request, pk):
    """Tell what stands in the form, to whoever may write; a locked text says so."""
    summary = frame.find(request, pk)
    roles.require(request.user, "revise")
    now = typed(summary, TextForm(request.POST))
    return JsonResponse(
        {
            "preview": "" if now.faults else now.preview,
            "told": now.told,
            "faults": now.faults,
            "odd": now.odd,
            "cited": render_to_string("editorial/summary/_cited.html", {"typed": now}),
            "found": now.found,
            "findings": render_to_string(
                "editorial/summary/_findings.html",
                {"checked": now.checked, "leads": True},
            ),
            "standing": _standing(request, summary),
        }
    )


def _standing(request, summary):
    """Return what the writer would else learn only when they save, or ""."""
    if why := rules.why_not("revise", summary, request.user):
        return why
    against = request.POST.get("against", "")
    if against == str(summary.revision):
        return ""
    return (
        f"{summary.saved_by} saved revision {summary.revision} at "
        f"{clock.local(summary.saved_at):%H:%M}, after you opened this text: "
        "when you save, you merge the two."
    )
