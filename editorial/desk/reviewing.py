"""The review screen: what changed, what readers will see, its sources, the sign-off.

Reads only, but for the one verb that its form calls.
"""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from conditions import content, markup, references, typesetting
from editorial import roles, rules
from editorial.desk import changes, moves, signing, twice
from editorial.manuscript import Manuscript, page_of
from editorial.rules import MoveRefused
from editorial.signoff import TextMoved
from editorial.states import MOVES, Status

MOVED = (
    "The text has changed since you opened it. Nothing was signed: read what changed, "
    "then sign."
)


def urls(site):
    """Return the address of the review screen, below the summaries' own."""
    return [
        path(
            "<int:pk>/review/",
            site.admin_view(partial(review, site)),
            name="editorial_summary_review",
        )
    ]


def review(site, request, pk):
    """GET shows the text to any role; POST signs exactly the text that was shown."""
    summary, error = moves.read(pk), ""
    if not roles.roles_of(request.user):
        sentence = "Only a writer, a medical reviewer or an editor reads this."
        raise PermissionDenied(sentence)
    if request.method == "POST":
        try:
            roles.require(request.user, "sign_off")
            if done := _sign(request, summary):
                twice.say(request, done)
                return redirect(
                    reverse("admin:editorial_summary_review", args=(summary.pk,))
                )
        except TextMoved:
            pass  # the screen says so itself, whatever else was wrong
        except (MoveRefused, content.Altered) as refusal:
            error = str(refusal)
        summary = moves.read(pk)
    return _screen(site, request, summary, error)


def _sign(request, summary):
    """Return what came of the signature; "" where the form itself is not complete."""
    form = signing.blank_or(request.POST, summary, Manuscript(summary))
    if not form.is_valid():
        return ""
    return signing.sign(
        form,
        summary,
        by=request.user,
        content_sha256=request.POST.get("content_sha256", ""),
        evidence=request.POST.get("evidence", ""),
    )


def _screen(site, request, summary, error):
    manuscript, user = Manuscript(summary), request.user
    posted = request.POST if request.method == "POST" else None
    moved = bool(posted) and not signing.shows(posted, summary, manuscript)
    may_sign = roles.may(user, MOVES["sign_off"])
    context = {
        **site.each_context(request),
        "title": str(summary),
        "summary": summary,
        "manuscript": manuscript,
        "faults": rules.faults(summary),
        "hidden": changes.hidden(manuscript.content),
        "preview": typesetting.preview_html(manuscript.content),
        "sources": _sources(manuscript),
        "submitted": rules.submitted(summary),
        "moves": moves.panel(summary, user),
        "error": error or (MOVED if moved else ""),
        "moved": _moved(posted, manuscript) if moved else None,
        **_editions(summary, manuscript),
    }
    if may_sign and (posted or summary.status == Status.IN_REVIEW):
        form = signing.blank_or(posted, summary, manuscript)
        context["signing"] = signing.panel(form, summary, manuscript, by=user)
    return TemplateResponse(request, "editorial/reviewing/review.html", context)


def _moved(posted, manuscript):
    """Return what differs between the text on the screen and the text now."""
    shown = signing.shown_before(posted)
    parts = changes.against(shown, manuscript.content) if shown else []
    return [part for part in parts if part.changed]


def _sources(manuscript):
    try:
        cited = markup.citation_counts(manuscript.summary.body)
    except markup.MarkupError:
        cited = {}
    return references.typeset(manuscript.content["sources"], cited, {})


def _editions(summary, manuscript):
    """Return what readers have now, and what the text is compared with."""
    page = page_of(summary)
    live = page.live_edition if page else None
    base = live or rules.newest_edition(summary)
    facts = {"page": page, "live": live, "base": base}
    facts["withdrawn"] = rules.is_withdrawn(page)
    try:
        facts["standing"] = typesetting.standing(live.read_record()) if live else None
        if base:
            parts = changes.against(base.read_content(), manuscript.content)
            facts["parts"] = parts
            facts["count"] = sum(part.count for part in parts)
            facts["same"] = [p.title.lower() for p in parts if not p.changed]
    except content.Altered as error:
        facts["altered"] = f"Edition {base.number} cannot be compared: {error}"
    return facts
