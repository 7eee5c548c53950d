"""Tells a screen that stays open what has been done with its text since.

Asked every half minute by a script: one query beside those of the login. Reads only.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from editorial import clock, telling
from editorial.desk import frame
from editorial.desk.site import roles_here
from editorial.models import Summary

# What `telling` says of these names the edition, which would be more to read.
ELSE = {
    "sign_off": "signed the text",
    "publish": "made the newest edition live",
    "withdraw": "withdrew the page from readers",
    "reinstate": "put the page back before readers",
}


def urls(site):
    """Return the address that a script asks, below its summary's."""
    return [
        path(
            "<int:pk>/review/since/<int:seen>/",
            site.admin_view(show),
            name="editorial_summary_since",
        )
    ]


@require_safe
def show(request, pk, seen):
    """Tell, as JSON, who did what after the revision that a screen shows, or ""."""
    if not roles_here(request):
        raise PermissionDenied(frame.DRAFTS_ARE_FOR)
    rows = Summary.history.model.objects.filter(id=frame.number(pk))
    newest = rows.select_related("history_user", "assigned_reviewer").first()
    if newest is None:
        raise Http404("There is no such summary.")
    return JsonResponse({"said": _said(newest, newest.revision - seen)})


def _said(newest, since):
    if since <= 0:
        return ""
    done = ELSE.get(newest.move) or telling.done(newest, telling.Act())
    more = f" It has moved {since} times since you opened it." if since > 1 else ""
    at = clock.local(newest.history_date)
    return f"{newest.history_user.printed_name} {done} at {at:%H:%M}.{more}"
