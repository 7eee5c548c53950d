"""What was sent from a page whose login or token had lapsed, handed back to its sender.

Keeps nothing on the server: the fields travel in the answer to the very request that
brought them, never a password or a token, and never to a page of another site.
"""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from editorial.desk.text import citing
from editorial.states import MOVES

PREFIX = "held-"
SECRETS = ("password", "token", "one_time", "passkey")
LOGGED_OUT = (
    "You were logged out. Nothing is lost: log in and go on with what you sent."
)
BACK = "You are logged in again."
STALE = (
    "The page that you sent was older than your login: you have logged in or out "
    "since, in another tab perhaps. Nothing was done yet, and nothing is lost. If you "
    "see this again and again, let your browser keep the cookies of this site."
)
NOT_NOW = (
    "The site cannot save now: its database is away, full or busy. Nothing is lost: "
    "what you sent is here. Try again in a minute."
)
# The writing form's buttons: none is pressed again for the writer, but `show`.
PRESSED = ("save", "show", "preview", *citing.BUTTONS)
DOORS = ("admin:login", "account_login", "mfa_authenticate")
WHAT = {
    "editorial_summary_add": "a summary to start",
    "editorial_summary_change": "the text of a summary",
    "editorial_summary_review": "a sign-off",
    "editorial_summary_comments": "a comment",
    "editorial_summary_comment": "what to do with a comment",
    "editorial_summary_restore": "an old text to restore",
    "editorial_user_add": "an invitation",
    "editorial_user_change": "what to do with an account",
    "logout": "a log-out",
}


@dataclass(frozen=True)
class Held:
    """The fields of one form, and the address of the desk that they were sent to."""

    to: str
    fields: tuple[tuple[str, str], ...]

    @property
    def screen(self):
        """The name of the screen that it was sent to, and what its address says."""
        try:
            found = resolve(self.to.partition("?")[0])
        except Resolver404:
            return "", {}
        return found.url_name, found.kwargs

    @property
    def what(self):
        name, said = self.screen
        if name == "editorial_summary_move" and said["name"] in MOVES:
            return f"the move “{MOVES[said['name']].label}”"
        return WHAT.get(name, "a form of the desk")

    @property
    def is_text(self):
        return self.screen[0] == "editorial_summary_change"

    @property
    def is_signing(self):
        return self.screen[0] == "editorial_summary_review"

    @property
    def words(self):
        """What a person typed, as (label, words): keys and numbers are left out."""
        return [
            (name.replace("_", " ").capitalize(), value)
            for name, value in self.fields
            if len(value.split()) > 1
        ]

    @property
    def carried(self):
        """The fields as a login form carries them."""
        return [(f"{PREFIX}{name}", value) for name, value in self.fields]

    @property
    def again(self):
        """The fields to send once more; a text comes back on its form, unsaved."""
        if not self.is_text:
            return self.fields
        kept = [pair for pair in self.fields if pair[0] not in PRESSED]
        return [*kept, ("show", "1")]


def sent(request):
    """Return what was posted to an address of the desk."""
    pairs = ((name, one) for name, many in request.POST.lists() for one in many)
    return Held(request.get_full_path(), tuple(filter(_is_open, pairs)))


def carried(request):
    """Return what a posted login form carries, or None."""
    pairs = [
        (name.removeprefix(PREFIX), value)
        for name, many in request.POST.lists()
        for value in many
        if name.startswith(PREFIX)
    ]
    to = request.POST.get("next", "")
    if not pairs or not _is_ours(request, to):
        return None
    return Held(to, tuple(filter(_is_open, pairs)))


def ask_to_log_in(request, held, said=LOGGED_OUT, *, status=403):
    """Answer with the login page, which carries what was sent."""
    from editorial.desk.people.entrance_forms import LoginForm

    context = {
        **admin.site.each_context(request),
        "title": "Log in",
        "subtitle": None,
        "app_path": reverse("admin:login"),
        "next": held.to,
        "form": LoginForm(request=request),
        "held": held,
        "said": said,
    }
    page = TemplateResponse(request, "admin/login.html", context, status=status)
    return _closed(page)


def go_on(request, held, said=BACK, *, status=200):
    """Show what was sent, with one button that sends it again under a fresh token."""
    context = {
        **admin.site.each_context(request),
        "title": "Go on with what you sent",
        "subtitle": None,
        "held": held,
        "said": said,
    }
    page = TemplateResponse(request, "admin/go_on.html", context, status=status)
    return _closed(page)


def not_now(request):
    """Answer 503 with what was sent to the desk, or None; asks no database."""
    if request.method != "POST" or not _is_a_form_of_ours(request):
        return None
    context = {
        "site_title": admin.site.site_title,
        "site_header": admin.site.site_header,
        "title": "Not saved yet",
        "held": sent(request),
        "said": NOT_NOW,
        "csrf_token": get_token(request),
    }
    # Without the request: who is asking could be read from the database alone.
    page = render_to_string("admin/go_on.html", context)
    return _closed(HttpResponse(page, status=503))


def _is_a_form_of_ours(request):
    """Say whether it came from a page of the desk, and not from its login."""
    at_the_desk = request.path.startswith(reverse("admin:index"))
    return at_the_desk and request.path != reverse("admin:login") and _from_us(request)


def refused(request, reason=""):
    """The ``CSRF_FAILURE_VIEW``: a page of our own that was too old loses nothing.

    Whatever came from anywhere else is refused, and nothing of it is shown.
    """
    at_the_door = request.path in map(reverse, DOORS)
    ours = at_the_door or request.path.startswith(reverse("admin:index"))
    if not (ours and _from_us(request)):
        return render(request, "403_csrf.html", status=403)
    if at_the_door:
        return _logged_in_elsewhere(request)
    if not admin.site.has_permission(request):
        return ask_to_log_in(request, sent(request))
    return go_on(request, sent(request), STALE, status=403)


def _logged_in_elsewhere(request):
    """Answer a login form that was overtaken by a login or a log-out in another tab."""
    held = carried(request)
    to = request.POST.get("next", "")
    home = to if _is_ours(request, to) else reverse("admin:index")
    if not admin.site.has_permission(request):
        said = "This page was too old. Log in once more."
        return ask_to_log_in(request, held or Held(home, ()), said)
    if held:
        return go_on(request, held, status=403)
    messages.warning(request, "You were logged in already, in another tab.")
    return redirect(home)


def _from_us(request):
    """Say whether the browser vouches that one of our own pages sent it."""
    ours = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin", ours)
    fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
    vouched = {"Origin", "Sec-Fetch-Site"} & set(request.headers)
    return bool(vouched) and (origin, fetched) == (ours, "same-origin")


def _is_ours(request, address):
    """Say whether an address is one of this desk: no form is sent anywhere else."""
    here = {request.get_host()}
    return address.startswith(reverse("admin:index")) and (
        url_has_allowed_host_and_scheme(address, here, request.is_secure())
    )


def _is_open(pair):
    return not any(secret in pair[0].lower() for secret in SECRETS)


def _closed(response):
    """Keep the answer out of caches and searches."""
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response
