"""The desk's verbs: the panel that offers them, and the page where each is confirmed.

Calls exactly one verb a press and decides nothing itself.
"""

from functools import partial

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from editorial import changes, roles, rules, workflow
from editorial.desk import frame, twice
from editorial.desk.review.acts import ACTS
from editorial.dossier import Dossier
from editorial.models import Summary
from editorial.rules import MoveRefused
from editorial.states import MOVES, Role

# Of the verbs that are possible, the first of these is the natural next step.
NEXT = ("submit_for_review", "publish", "reinstate", "recheck", "start_revision")


def panel(summary, user, known=None):
    """Return the verbs that the user's roles allow: those possible now, and the others.

    Each has name, label, url, and why: the sentence of its refusal, or "". The natural
    next step comes first, the dangerous verb last.
    """
    known = known or Dossier(summary)
    held = known.roles_of(user)
    found = [
        {
            "name": name,
            "label": label(name, summary, held, user),
            "why": rules.why_not(name, summary, user, known),
            "url": reverse("admin:editorial_summary_move", args=(summary.pk, name)),
            "danger": name == "withdraw",
        }
        for name in ACTS
        if held & MOVES[name].roles
    ]
    possible = [move for move in found if not move["why"]]
    names = {move["name"] for move in possible}
    first = next((name for name in NEXT if name in names), "")
    possible.sort(key=lambda move: (move["danger"], move["name"] != first))
    return {
        "first": first,
        "possible": possible,
        "refused": [move for move in found if move["why"]],
    }


def label(name, summary, held, user):
    """Return what a verb's button says to this person, who holds these roles."""
    if name == "assign" and Role.EDITOR not in held:
        mine = summary.assigned_reviewer_id == user.pk
        return "Give back" if mine else "Claim this review"
    return MOVES[name].label


def urls(site):
    """Return the addresses of the verbs, below the summaries' own."""
    return [
        path(
            "<int:pk>/moves/<slug:name>/",
            site.admin_view(partial(confirm, site)),
            name="editorial_summary_move",
        )
    ]


def confirm(site, request, pk, name):
    """GET asks, POST acts; whatever is refused comes back with all that was typed."""
    if name not in ACTS:
        raise Http404
    summary, refusal = frame.find(request, pk), ""
    data = request.POST if request.method == "POST" else None
    try:
        roles.require(request.user, name)
        form = ACTS[name].form(data, summary=summary, user=request.user)
        if form.is_valid():
            _act(request, summary, name, form)
            return redirect(next_screen(read(pk), request.user))
    except MoveRefused as error:
        refusal = str(error)
    return _page(site, request, read(pk), name, form, refusal)


def _act(request, summary, name, form):
    """Call the verb with the revision that the page showed, once for two presses."""
    by, said = request.user, form.cleaned_data
    with transaction.atomic():
        row = workflow.lock(summary)
        seen = revision_seen(request)
        if not twice.moved(row, name, seen, said, by=by):
            on = {} if name == "withdraw" else {"seen": seen}  # at once, whatever
            ACTS[name].verb(row, by=by, **on, **said)
    twice.say(request, _sentence(ACTS[name].done, Dossier(summary)))


def revision_seen(request, name="revision"):
    """Return the revision that a posted page showed; 0, which none has, when not told.

    Nine digits at most: the database keeps the number in 32 bits.
    """
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _page(site, request, summary, name, form, refusal):
    known = Dossier(summary)
    context = {
        **site.each_context(request),
        "title": label(name, summary, known.roles_of(request.user), request.user),
        "subtitle": None,
        "summary": summary,
        "name": name,
        "form": form,
        "danger": name == "withdraw",
        "effect": _sentence(ACTS[name].effect, known),
        "refusal": refusal,
        "why": rules.why_not(name, summary, request.user, known),
        "odd": _misleading(name, known),
        "back": next_screen(summary, request.user),
    }
    return TemplateResponse(request, "editorial/reviewing/move.html", context)


def _misleading(name, known):
    """Return what the reviewer will be told of signs in the text, before they are."""
    if name != "submit_for_review":
        return []
    return changes.odd(known.manuscript.content)


def _sentence(words, known):
    edition = known.newest
    said = words.format(
        address=known.address,
        edition=f"edition {edition.number}" if edition else "the newest edition",
    )
    return said[0].upper() + said[1:]


def read(pk):
    """Return the summary with what its screens name, or 404."""
    rows = Summary.objects.select_related(
        *("condition", "question", "assigned_reviewer", "assigned_writer")
    )
    return get_object_or_404(rows, pk=pk)


def next_screen(summary, user):
    """Return where the work goes on: the form while the user may write, else review."""
    revise = MOVES["revise"]
    writable = summary.status in revise.origins and roles.may(user, revise)
    screen = "change" if writable else "review"
    return reverse(f"admin:editorial_summary_{screen}", args=(summary.pk,))
