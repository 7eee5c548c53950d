"""Texts kept from a save conflict: each beside the current one, to be merged."""

from django.http import Http404
from django.urls import path

from conditions import compare
from editorial import roles, rules
from editorial.desk import frame
from editorial.desk.text_form import TextForm, stored
from editorial.states import MOVES


def urls(site):
    """Return the addresses of kept texts, below the summaries' own."""
    return [
        path(
            "<int:pk>/kept/<int:number>/",
            site.admin_view(show),
            name="editorial_summary_kept",
        )
    ]


def chosen(summary, number):
    """Return the summary's kept text of that number, or None for any other words."""
    number = str(number)
    if not number.isdecimal() or len(number) > 18:
        return None
    return summary.lost_texts.filter(pk=int(number)).select_related("by").first()


def show(request, pk, number):
    """Show a kept text beside the current one, and a form that merges them."""
    summary = frame.find(request, pk)
    lost = chosen(summary, number)
    if lost is None:
        raise Http404("There is no such kept text.")
    return _page(request, summary, lost)


def show_conflict(request, summary, conflict, form):
    """Answer a save that came too late, with all that was typed still on the form."""
    return _page(
        request, summary, conflict.lost, form=form, said=str(conflict), status=409
    )


def _page(request, summary, lost, *, form=None, said="", status=200):
    texts = {"short_answer": lost.short_answer, "body": lost.body}
    return frame.show(
        request,
        "kept.html",
        summary,
        "kept",
        status=status,
        lost=lost,
        said=said,
        form=form or TextForm(initial={**stored(summary), **texts}),
        against=summary.revision,
        why=why_not_merged(request, summary),
        short_passages=compare.passages(summary.short_answer, lost.short_answer),
        body_passages=compare.passages(summary.body, lost.body),
    )


def why_not_merged(request, summary):
    """Return why this person cannot merge a kept text now, or ""."""
    if not roles.may(request.user, MOVES["revise"]):
        return "Writers and editors merge kept texts."
    return rules.why_not("revise", summary, request.user)
