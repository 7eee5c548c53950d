"""The writing form: one text, the page that it will be, its sources, and its save."""

from django.contrib import messages
from django.shortcuts import redirect

from conditions import typesetting
from editorial import roles, rules, settling, writing
from editorial.desk import frame, twice
from editorial.desk.review import comments, moves
from editorial.desk.text import citing, kept, picker
from editorial.desk.text.text_form import TextForm, stored
from editorial.desk.text.typed import typed
from editorial.dossier import Dossier
from editorial.manuscript import Manuscript
from editorial.rules import MoveRefused
from editorial.states import MOVES, Status

# Buttons that show the form again, with all that was typed, and save nothing.
SHOWING = ("show", "preview", *citing.BUTTONS)
NOTHING_ASKED = citing.Citing()
LOCKED = {
    Status.IN_REVIEW: (
        "The text is with the medical reviewers and locked for everyone, its writer "
        "too. Recall it to change it."
    ),
    Status.REVIEWED: (
        "This text is signed. Start a revision to change it: what readers see stays "
        "until the next text is signed."
    ),
}


def write(request, pk):
    """Show the form, or the same page read-only; save what is posted."""
    summary = frame.find(request, pk)
    if request.method == "POST":
        roles.require(request.user, "revise")
        return _posted(request, summary)
    if why := _read_only(request, summary):
        return _reading(request, summary, why)
    return _writing(request, summary, TextForm(initial=stored(summary)))


def _read_only(request, summary):
    """Return why this person cannot change the text now, or ""."""
    if not roles.may(request.user, MOVES["revise"]):
        return "You can read this text; writers and editors change it."
    why = rules.why_not("revise", summary, request.user)
    why = why and LOCKED.get(summary.status, why)
    if why and summary.status == Status.IN_REVIEW:
        # Whoever cannot recall it is told who can.
        return f"{why} {rules.why_not('recall', summary, request.user)}".rstrip()
    return why


def _posted(request, summary):
    if "put_together" in request.POST:
        return kept.put_together(request, summary, show=_read_through)
    form = TextForm(request.POST)
    if not any(name in request.POST for name in SHOWING) and form.is_valid():
        return _save(request, summary, form)
    box = citing.pressed(request)
    if box.cite:
        data = request.POST.copy()
        data["body"] = picker.cite(data.get("body", ""), box.cite)
        form = TextForm(data)
    return _writing(request, summary, form, box)


def _save(request, summary, form):
    text, reason = form.text(), form.cleaned_data["reason"]
    for merged in kept.named(summary, request.POST.get("kept", "")):
        reason = settling.merging(merged, reason)
    # A form that lost the number is a conflict and no loss: its text is kept.
    against = moves.revision_seen(request, "against")
    try:
        row = writing.revise(
            summary, by=request.user, text=text, against=against, reason=reason
        )
    except writing.Conflict as conflict:
        summary = frame.find(request, summary.pk)
        return kept.show_conflict(request, summary, conflict, form)
    except MoveRefused as refusal:
        return _refused(request, summary, form, str(refusal))
    same = row.revision == summary.revision
    if same and not twice.saved(row, against, by=request.user):
        messages.success(request, "Nothing to save: the text is the same.")
    else:
        twice.say(request, "Saved.")
    return redirect(frame.address("change", summary))


def _refused(request, summary, form, why):
    """Show the form again; a fault of a text stands beside it, once."""
    if why not in typed(summary, form).faults.values():
        form.add_error(None, why)
    return _writing(request, summary, form)


def _writing(request, summary, form, box=NOTHING_ASKED):
    now, posted = typed(summary, form), request.POST
    if form.is_bound:
        for name, fault in now.faults.items():
            form.add_error(name, fault)
    return frame.show(
        request,
        "write.html",
        summary,
        "change",
        form=form,
        typed=now,
        citing=box,
        against=posted.get("against", summary.revision),
        kept=posted.get("kept", ""),
        unsaved=form.is_bound,
        **beside(request, summary),
    )


def _read_through(request, summary, words):
    """Show a text put together from two, and how readers would see it; save nothing."""
    return _writing(request, summary, TextForm(words))


def _reading(request, summary, why):
    signed = summary.status == Status.REVIEWED
    content = Manuscript(summary).content
    return frame.show(
        request,
        "read.html",
        summary,
        "change",
        why=why,
        preview=typesetting.preview_html(content, signed=signed),
        **beside(request, summary),
    )


def beside(request, summary):
    """Return what stands beside a text: what to do, what was said, what to merge."""
    known = Dossier(summary)
    return {
        "moves": moves.panel(summary, request.user, known),
        "kept_texts": settling.kept_texts(summary),
        **comments.beside(known, request.user, back="change"),
    }
