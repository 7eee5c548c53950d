"""Texts kept from a save conflict: each merged, passage by passage, or left out."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from conditions import compare
from editorial import clock, merging, roles, rules, settling, writing
from editorial.desk import frame, twice
from editorial.desk.review import moves
from editorial.desk.review.move_forms import Words
from editorial.desk.text.differences import Sheet
from editorial.desk.text.merge import FIELDS, TEXTS, Merge
from editorial.rules import MoveRefused
from editorial.states import MOVES, Status

NOTHING_TAKEN = (
    "That is the text that stands, word for word. If nothing of the kept text is "
    "needed, say why at the end of this page."
)
MOST_NAMED = 20  # texts that one save settles
# What to do first where a text takes no words now.
NEXT = {
    Status.IN_REVIEW: "Recall the text from review, or wait for the answer",
    Status.REVIEWED: "Start a revision",
    Status.DRAFT: "Start the same answer again",  # it is set aside
}


def urls(site):
    """Return the addresses of kept texts, below the summaries' own."""
    return [
        path(
            f"<int:pk>/kept/<int:number>/{way}",
            site.admin_view(view),
            name=f"editorial_summary_{name}",
        )
        for way, view, name in (
            ("", show, "kept"),
            ("leave-out/", leave_out, "leave_out"),
        )
    ]


class LeavingOut(forms.Form):
    """Why nothing of a kept text is needed."""

    why = Words(
        "Why is nothing of it needed?", help_text="Kept in the history, for colleagues."
    )


def named(summary, words):
    """Return the summary's kept texts whose numbers stand in the words, in order."""
    found = [chosen(summary, word) for word in words.split()[:MOST_NAMED]]
    return [text for text in found if text]


def chosen(summary, number):
    """Return the summary's kept text of that number, or None for any other words."""
    number = str(number)
    if not number.isdecimal() or len(number) > 18:
        return None
    texts = settling.with_settlement(summary.lost_texts.select_related("by"))
    return texts.filter(pk=int(number)).first()


def _find(summary, number):
    lost = chosen(summary, number)
    if lost is None:
        raise Http404("There is no such kept text.")
    return lost


@require_safe
def show(request, pk, number):
    """Show a kept text and the text that stands, and ask what of each is to stay."""
    summary = frame.find(request, pk)
    return _page(request, Merge(summary, _find(summary, number), {}))


def show_conflict(request, summary, conflict, form):
    """Answer a save that came too late: what was typed is kept, and can be merged."""
    merge = Merge(summary, _find(summary, conflict.lost.pk), {})
    # A merge that was overtaken settles the text that it began with, too.
    also = [str(text.pk) for text in named(summary, request.POST.get("kept", ""))]
    return _page(
        request,
        merge,
        said=str(conflict),
        kept_now=True,
        settles=" ".join(dict.fromkeys([str(merge.lost.pk), *also])),
        reason=form.cleaned_data["reason"],
        status=409,
    )


def put_together(request, summary, *, show):
    """Call `show` with the text that was chosen, or say what is still to be chosen."""
    texts = named(summary, request.POST.get("kept", ""))
    if not texts:
        raise Http404("There is no such kept text.")
    merge = Merge(summary, texts[0], request.POST)
    if why := why_not_merged(request, summary) or _settled(merge.lost):
        return _again(request, merge, said=f"Nothing is put together. {why}")
    if request.POST.get("against") != str(summary.revision):
        return _again(request, merge, said=_moved_on(summary), status=409)
    if merging.undecided(merge.differing, request.POST):
        said = "Nothing is put together yet. All that you chose is kept; choose here:"
        return _again(request, merge, said=said, asked=True)
    if merge.changes_nothing():
        return _again(request, merge, said=NOTHING_TAKEN)
    typed = {**merge.typed(), "reason": request.POST.get("reason", "")}
    return show(request, summary, typed)


@require_POST
def leave_out(request, pk, number):
    """Take a kept text off the lists, for a reason; the text itself stays."""
    summary = frame.find(request, pk)
    roles.require(request.user, "revise")
    merge = Merge(summary, _find(summary, number), request.POST)
    form = LeavingOut(request.POST, label_suffix="")
    if form.is_valid() and _left_out(request, merge.lost, form):
        twice.say(request, "The kept text is off the lists; the history still has it.")
        return redirect(frame.address("change", summary))
    said = " ".join(form.errors["why"])
    return _again(request, merge, said=said, leaving=form)


def _left_out(request, lost, form):
    """Say whether the text was left out, now or by the press before."""
    by, why = request.user, form.cleaned_data["why"]
    against = moves.revision_seen(request, "against")
    try:
        writing.leave_out(lost, by=by, against=against, reason=why)
    except MoveRefused as refusal:
        if not twice.left_out(lost, against, why, by=by):
            form.add_error("why", str(refusal))
            return False
    return True


def _moved_on(summary):
    return (
        f"{summary.saved_by} saved revision {summary.revision} at "
        f"{clock.local(summary.saved_at):%H:%M}, after you opened this page. What you "
        "chose is kept where the passages are the same: look through it again."
    )


def _again(request, merge, **more):
    """Show the page again with all that was chosen and typed on it."""
    typed = {
        "settles": request.POST.get("kept", ""),
        "reason": request.POST.get("reason", ""),
    }
    return _page(request, merge, **{**typed, **more})


def _page(request, merge, *, status=200, asked=False, settles="", **more):
    why = why_not_merged(request, merge.summary) or _settled(merge.lost)
    shown = {"said": "", "reason": "", "leaving": LeavingOut(label_suffix="")}
    return frame.show(
        request,
        "kept.html",
        merge.summary,
        "kept",
        status=status,
        merge=merge,
        lost=merge.lost,
        beside=merge.beside,
        why=why,
        settles=settles or merge.lost.pk,
        **(_to_read(merge) if why else _to_choose(merge, asked)),
        **{**shown, **more},
    )


def _to_read(merge):
    """Return how the kept text differs, where nothing can be chosen."""
    pairs = {name: merge.in_each(name)[1:] for name in TEXTS}
    return {"read": {name: compare.passages(*pair) for name, pair in pairs.items()}}


def _to_choose(merge, asked):
    """Return every difference as the form asks it; `asked` marks what is not chosen."""
    sheet = Sheet(merge.choices, asked=asked)
    return {
        "texts": [
            ("Short answer", sheet.text(merge.short_answer)),
            ("Body", sheet.text(merge.body)),
        ],
        "fields": [
            sheet.field(one, *FIELDS[one.key]) for one in merge.fields if one.differs
        ],
        "undecided": sheet.undecided,
        "count": len(merge.differing),
        "open_count": sum(not one.default for one in merge.differing),
    }


def why_not_merged(request, summary):
    """Return why this person cannot merge a kept text now, or ""."""
    if not roles.may(request.user, MOVES["revise"]):
        return "Writers and editors merge kept texts."
    why = rules.why_not("revise", summary, request.user)
    return why and f"{why} {NEXT[summary.status]}, then merge it here."


def _settled(lost):
    number = lost.settled_in
    return (
        number and f"Revision {number} has all of this text, or says what became of it."
    )
