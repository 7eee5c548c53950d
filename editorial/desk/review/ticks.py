"""The boxes beside the passages of a review: which there are, and each press of one.

Hands what was ticked to `reading.tick`, which alone decides what counts.
"""

from django.http import JsonResponse
from django.urls import path
from django.utils.html import format_html_join
from django.views.decorators.http import require_POST

from conditions import content, markup
from editorial import changes, reading
from editorial.desk import frame
from editorial.dossier import Dossier

SECRETS = ("password", "one_time_code", "passkey")


def urls(site):
    """Return the address that a script sends each tick to, below its summary's."""
    return [
        path(
            "<int:pk>/review/read/",
            site.admin_view(save),
            name="editorial_summary_read",
        )
    ]


@require_POST
def save(request, pk):
    """Save what was ticked and tell, as JSON, how many passages are left."""
    summary = frame.find(request, pk)
    try:
        keep(request, summary)
        why = reading.why_unread(Dossier(summary), request.user)
    except content.Altered as error:
        return JsonResponse({"why": str(error)}, status=409)
    return JsonResponse({"why": why})


def keep(request, summary):
    """Save the ticks that a form brings, each key a field or a word of one.

    Raises PermissionDenied for whoever may not sign, be there a tick or none.
    """
    ticked = frozenset(" ".join(request.POST.getlist("read")).split())
    reading.tick(summary, by=request.user, passages=ticked)


def saves_alone(request):
    """Say whether a press saves what was read and signs nothing."""
    return "save_read" in request.POST


def typed_again(form, data):
    """Put what was typed back into a form that nobody sent to be judged."""
    names = [name for name in form.fields if name not in SECRETS]
    form.initial |= {name: data[name] for name in names if name in data}
    return form


def of(known, user, blocks):
    """Return the boxes of somebody who may sign, and what is left: "" for nothing.

    `whole` are the passages of a first edition, and for any other none.
    """
    try:
        asked, read = reading.asked(known), reading.read(known, user)
    except content.Altered:
        return {"left": reading.why_unread(known, user), "keys": []}
    return {
        "left": reading.told(known, sum(key not in read for key in asked)),
        "keys": asked,
        "read": read,
        "whole": [] if known.base else _whole(known, blocks, asked),
    }


def _whole(known, blocks, keys):
    """Return the passages of a first edition, each with its number and its key."""
    words = known.manuscript.content
    short, *body = blocks
    joined = [
        _joined(body[a:b])
        for a, b in reading.passages(markup.block_words(words["body"]))
    ]
    parts = changes.parts(words).items()
    around = [part for part in parts if part[0] not in reading.TEXT and part[1]]
    shown = [short, *joined, {"label": reading.AROUND, "around": around}]
    numbered = enumerate(zip(shown, keys, strict=True), 1)
    return [{**one, "number": n, "key": key} for n, (one, key) in numbered]


def _joined(blocks):
    """Return blocks that are read as one, with what is in the margin of each."""
    cited = {source["key"]: source for one in blocks for source in one["sources"]}
    return {
        "html": format_html_join("", "{}", ((one["html"],) for one in blocks)),
        "sources": list(cited.values()),
        "notes": [note for one in blocks for note in one["notes"]],
    }
