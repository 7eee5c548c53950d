"""The review screen: what changed, what readers will see, its sources, the sign-off.

Reads only, but for the one verb that its form calls.
"""

from functools import partial

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from conditions import content as content_signed
from conditions import typesetting
from editorial import changes, identity, rules, triage, wanted
from editorial.desk import frame, twice
from editorial.desk.review import (
    checked,
    comments,
    marking,
    moves,
    notices,
    passages,
    passkey,
    reasoned,
    shown,
    signing,
    ticks,
)
from editorial.desk.review.acts import ACTS
from editorial.dossier import Dossier
from editorial.rules import MoveRefused
from editorial.signoff import TextMoved
from editorial.states import Role, Status

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
    summary, error = frame.find(request, pk), ""
    if request.method == "POST":
        try:
            ticks.keep(request, summary)
            if not ticks.saves_alone(request) and (done := _sign(request, summary)):
                twice.say(request, done)
                return redirect(
                    reverse("admin:editorial_summary_review", args=(summary.pk,))
                )
        except TextMoved:
            pass  # the screen says so itself, whatever else was wrong
        except (MoveRefused, content_signed.Altered) as refusal:
            error = str(refusal)
        summary = moves.read(pk)
    return _screen(site, request, summary, error)


def _sign(request, summary):
    """Return what came of the signature; "" where the form itself is not complete."""
    form = signing.blank_or(request.POST, Dossier(summary), by=request.user)
    if not form.is_valid():
        return ""
    sha256, answer = request.POST.get("content_sha256", ""), form.cleaned_data
    return signing.sign(
        form,
        summary,
        by=request.user,
        content_sha256=sha256,
        evidence=request.POST.get("evidence", ""),
        passkey=passkey.answered(request, summary, answer.get("passkey"), sha256),
    )


def _screen(site, request, summary, error):
    known, user = Dossier(summary), request.user
    posted = request.POST if request.method == "POST" else None
    moved = bool(posted) and not shown.shows(posted, summary, known.manuscript)
    context = {
        **site.each_context(request),
        "title": str(summary),
        "summary": summary,
        "known": known,
        "faults": rules.faults(known),
        "to_mind": triage.to_mind(summary),
        "may_triage": bool(known.roles_of(user) & triage.WHO),
        "wanted": wanted.told(summary.review_wanted_by),
        "error": error or (MOVED if moved else ""),
        "moved": _moved(posted, known) if moved else None,
        **_text(known),
        **_against(known),
        **comments.beside(known, user, back="review"),
    }
    beside = context["discussion"].beside
    context["whole"] = marking.mark(context["whole"], summary, beside)
    context |= reasoned.beside(known, context)
    context["checked"] = checked.of(known, context["placed"])
    if Role.MEDICAL_REVIEWER in known.roles_of(user):
        context |= _signing(request, known, posted, context["whole"])
    context |= _moves(known, user, context.get("signing"))
    context["notices"] = notices.of(known, user, context.get("signing"))
    return TemplateResponse(request, "editorial/reviewing/review.html", context)


def _signing(request, known, posted, blocks):
    """Return the sign-off panel, where there is something to sign or it was pressed."""
    user, summary = request.user, known.summary
    if not posted and summary.status != Status.IN_REVIEW:
        return {}
    why = rules.why_not("sign_off", summary, user, known)
    boxes = {} if why else ticks.of(known, user, blocks)
    alone = bool(posted) and ticks.saves_alone(request)
    form = signing.blank_or(None if alone else posted, known, by=user)
    if alone:
        ticks.typed_again(form, posted)
    panel = signing.panel(form, known, why or boxes["left"], by=user)
    panel["unread"] = not why and bool(boxes["left"])
    if "passkey" in form.fields and identity.has_passkey(user):
        panel["asked"] = passkey.ask(request, summary, known.manuscript.sha256)
    return {"signing": panel, "ticks": boxes}


def _moves(known, user, signs):
    """Return the verbs, those with a place of their own on the screen taken out."""
    panel = moves.panel(known.summary, user, known)
    own = {move["name"]: move for move in panel["possible"]}
    claim = _claim(own.get("assign"), known, user)
    taken = {"recheck"} | ({"request_changes"} if signs else set())
    if claim and Role.EDITOR not in known.roles_of(user):
        taken.add("assign")
    panel["possible"] = [m for m in panel["possible"] if m["name"] not in taken]
    recheck = ACTS["recheck"].form(summary=known.summary, user=user)
    return {
        "moves": panel,
        "claim": claim,
        "request_changes": signs and own.get("request_changes"),
        "recheck": {**own["recheck"], "form": recheck} if "recheck" in own else None,
    }


def _claim(assign, known, user):
    """Return the one press that claims a review or gives it back, if there is one."""
    holder = known.summary.assigned_reviewer_id
    mine = Role.MEDICAL_REVIEWER in known.roles_of(user) and holder in (None, user.pk)
    if not (assign and mine) or known.summary.status != Status.IN_REVIEW:
        return None
    label = "Give this review back" if holder else "Claim this review"
    return {"url": assign["url"], "label": label, "reviewer": "" if holder else user.pk}


def _moved(posted, known):
    """Return what differs between the text on the screen and the text now."""
    before = shown.shown_before(posted)
    if not before:
        return passages.NOTHING
    now = known.manuscript.content
    return passages.changed(changes.against(before, now), before, now)


def _text(known):
    """Return the text in every way in which it can be read."""
    content = known.manuscript.content
    signed = known.summary.status == Status.REVIEWED
    return {
        "hidden": changes.hidden(content),
        "odd": changes.odd(content),
        "preview": typesetting.preview_html(content, signed=signed),
        "whole": passages.whole(content),
        "sources": passages.sources(content).values(),
    }


def _against(known):
    """Return what readers have now, and what the text is compared with."""
    live, base = known.live, known.base
    facts = {"live": live, "base": base}
    try:
        facts["standing"] = typesetting.standing(live.read_record()) if live else None
        if base:
            old, new = base.read_content(), known.manuscript.content
            parts = changes.against(old, new)
            facts["changes"] = passages.changed(parts, old, new)
            facts["same"] = [p.title.lower() for p in parts if not p.changed]
    except content_signed.Altered as error:
        facts["altered"] = f"Edition {base.number} cannot be compared: {error}"
    return facts
