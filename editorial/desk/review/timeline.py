"""The history of a summary: every event, each revision's text, any two compared.

Reads only; the one button that writes, restore, calls its verb and no other.
"""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from conditions import compare
from editorial import history, roles, rules, workflow, writing
from editorial.desk import frame, twice
from editorial.desk.review import moves
from editorial.desk.text.typed import told
from editorial.rules import MoveRefused
from editorial.states import LABELS, MOVES

A_PAGE = 100  # events
FILTERS = (
    {"name": "all", "label": "All", "title": "All that happened"},
    {"name": "text", "label": "Text written", "title": "Texts written"},
    {"name": "comments", "label": "Comments", "title": "Comments"},
    {"name": "moves", "label": "Moves", "title": "What was done with the text"},
)


def urls(site):
    """Return the addresses of revisions, below the summaries' own."""
    return [
        path(
            f"<int:pk>/history/{way}",
            site.admin_view(view),
            name=f"editorial_summary_{name}",
        )
        for way, view, name in (
            ("compare/", compared, "compare"),
            ("<int:number>/", revision, "revision"),
            ("<int:number>/restore/", restore, "restore"),
        )
    ]


@require_safe
def show(request, pk):
    """Show what happened to a summary, the newest first, a hundred events a page."""
    summary = frame.find(request, pk)
    wanted = request.GET.get("show")
    shown = next((one for one in FILTERS if one["name"] == wanted), FILTERS[0])
    events = [e for e in history.timeline(summary) if _belongs(e, shown["name"])]
    pages = Paginator(events, A_PAGE)
    return frame.show(
        request,
        "history.html",
        summary,
        "history",
        events=pages.get_page(request.GET.get("p")),
        filters=FILTERS,
        shown=shown,
    )


def _belongs(event, name):
    if name == "all" or event.kind == "comment":
        return name in ("all", "comments")
    written = event.wrote_text or event.kind == "kept"
    return name != "comments" and written == (name == "text")


@require_safe
def revision(request, pk, number):
    """Show one revision as it was written."""
    summary = frame.find(request, pk)
    return _revision_page(request, summary, _revision(summary, number))


def _revision_page(request, summary, row, *, refusal="", reason=""):
    return frame.show(
        request,
        "revision.html",
        summary,
        "history",
        row=row,
        label=LABELS[row.move],
        author=row.history_user.printed_name,
        before=history.previous_text(summary, row.revision),
        short_told=told(row.short_answer, "short_answer"),
        body_told=told(row.body, "body"),
        may_restore=roles.may(request.user, MOVES["restore"]),
        why=_why_not_restored(request, summary, row),
        refusal=refusal,
        reason=reason,
    )


@require_safe
def compared(request, pk):
    """Show what differs between two revisions, told by `a` and `b`."""
    summary = frame.find(request, pk)
    numbers = [_number(request.GET.get(name)) for name in ("a", "b")]
    rows = [history.revision(summary, number) for number in numbers]
    found = {}
    if all(rows):
        old, new = rows
        found = {
            "short_passages": compare.passages(old.short_answer, new.short_answer),
            "body_passages": compare.passages(old.body, new.body),
        }
    return frame.show(
        request, "compare.html", summary, "history", old=rows[0], new=rows[1], **found
    )


def restore(request, pk, number):
    """Write an old revision's text again, as a new one; a refusal keeps the reason.

    An address that is only looked at leads to the revision.
    """
    summary = frame.find(request, pk)
    if request.method != "POST":
        return redirect(frame.address("revision", summary, number))
    reason = request.POST.get("reason", "")[:500].replace("\x00", "")
    try:
        _restore(request, summary, number, reason)
    except MoveRefused as refusal:
        summary = frame.find(request, pk)
        row = _revision(summary, number)
        words = {"refusal": str(refusal), "reason": reason}
        return _revision_page(request, summary, row, **words)
    twice.say(request, f"Restored the text of revision {number}.")
    return redirect(frame.address("change", summary))


def _restore(request, summary, number, reason):
    """Call the verb on the text that the page said it would replace, or refuse."""
    by, seen = request.user, moves.revision_seen(request)
    roles.require(by, "restore")
    with transaction.atomic():
        row = workflow.lock(summary)
        if not twice.restored(row, number, seen, reason, by=by):
            writing.restore(row, by=by, revision=number, against=seen, reason=reason)


def _revision(summary, number):
    row = history.revision(summary, number)
    if row is None:
        raise Http404("There is no such revision.")
    return row


def _number(text):
    """Return a revision's number; 0, which none has, for any other words."""
    text = text or ""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _why_not_restored(request, summary, row):
    if row.revision == summary.revision:
        return "This is the revision that stands now."
    words = (row.short_answer, row.body)
    if words == (summary.short_answer, summary.body):
        return "It has the words that stand now."
    return rules.why_not("restore", summary, request.user)
