"""The desk: Django's admin under our own roof, and the one door of staff."""

import logging
from functools import update_wrapper
from itertools import chain

from django.apps import apps
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from editorial.states import Role

log = logging.getLogger(__name__)

# In the order of a day's work; a room without screens yet, or shut to the person who
# looks, is left out of the header.
ROOMS = (
    ("Summaries", "editorial.summary"),
    ("Coverage", "coverage"),
    ("Conditions", "conditions.condition"),
    ("Questions", "conditions.question"),
    ("Sources", "conditions.source"),
    ("Reviewers", "conditions.reviewer"),
    ("Reports", "reports"),
    ("People", "editorial.user"),
)
# The rooms that are no list, and whose they are.
SCREENS = {"coverage": frozenset(Role), "reports": frozenset({Role.EDITOR})}
NOTHING_HERE = (
    "The address may be mistyped or cut off. Nothing that was written is ever deleted: "
    "find it from the desk."
)

FACTOR_FIRST = (
    "Your role needs a second factor, and your account has none yet. Set one up under "
    "“Your account”, then send this again."
)


def roles_here(request):
    """Return the roles of who asks, read once a request: never for a verb."""
    from editorial import roles

    if not hasattr(request, "desk_roles"):
        request.desk_roles = roles.roles_of(request.user)
    return request.desk_roles


def lacks_second_factor(request):
    """Say whether who asks must set up a second factor first; read once a request."""
    from editorial import identity

    if not hasattr(request, "desk_lacks_factor"):
        user = request.user
        lacks = user.is_authenticated and identity.needs_second_factor(user)
        request.desk_lacks_factor = lacks
    return request.desk_lacks_factor


class DeskSite(AdminSite):
    """Open to active staff who hold a role, and to superusers, whose work is people."""

    site_header = site_title = "Countersign"
    index_title = "What waits for you"
    enable_nav_sidebar = False

    def has_permission(self, request):
        if not super().has_permission(request):
            return False
        if lacks_second_factor(request):
            return request.path == reverse("admin:logout")  # nobody is locked in
        return request.user.is_superuser or bool(roles_here(request))

    def forget(self, request):
        """Forget what was read about who asks: somebody else has just logged in."""
        for known in ("desk_roles", "desk_lacks_factor"):
            vars(request).pop(known, None)

    def get_urls(self):
        """Add the rooms that are no list of one table."""
        from editorial.desk import coverage, reports
        from editorial.desk.people import mails

        rooms = (coverage.urls(self), reports.urls(self), mails.urls(self))
        return [*chain(*rooms), *super().get_urls()]

    def index(self, request, extra_context=None):
        """Show what waits for the person instead of a list of tables."""
        # Here, since the site is made before there are models to ask.
        from editorial.desk.home import dashboard

        return dashboard.home(request)

    def login(self, request, extra_context=None):
        """Lead to the one way in, which `/accounts/login/` is too."""
        from editorial.desk.people import entrance

        return entrance.log_in(request)

    def logout(self, request, extra_context=None):
        from editorial.desk.people import events

        who = request.user
        if request.method == "POST" and who.is_authenticated:
            events.went_out(who)
        # Its script asks whether to forget what this person left in the browser.
        response = super().logout(request, {"left": who.pk})
        # A page that the browser holds ready would come back with its words.
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    def password_change(self, request, extra_context=None):
        from editorial.desk.people import passwords

        request.current_app = self.name
        return passwords.Change.as_view()(request)

    def app_index(self, request, app_label, extra_context=None):
        """Lead home: the rooms are no list of tables by application."""
        return redirect("admin:index")

    def admin_view(self, view, cacheable=False):
        """Keep the desk out of caches and searches; leave nobody at a dead end."""
        inner = super().admin_view(view, cacheable)

        def unlisted(request, *args, **kwargs):
            response = self._carrying(request) or self._told(
                inner, request, *args, **kwargs
            )
            response.headers["X-Robots-Tag"] = "noindex, noarchive"
            return response

        return update_wrapper(unlisted, inner)

    def _carrying(self, request):
        """Return a login page that keeps what was sent, or None to go the usual way."""
        from editorial.desk import held

        if request.method != "POST" or self.has_permission(request):
            return None
        # A script keeps its page with all that was typed, and tells of the login.
        if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
            return None
        if lacks_second_factor(request):
            return self._refusal(request, "A second factor first", FACTOR_FIRST, 403)
        sent = held.sent(request)
        return held.ask_to_log_in(request, sent) if sent.fields else None

    def _told(self, inner, request, *args, **kwargs):
        try:
            return inner(request, *args, **kwargs)
        except PermissionDenied as refusal:
            # By the screen's name: an address may hold whatever somebody typed.
            screen = request.resolver_match.url_name
            who = request.user.pk
            log.warning("Refused to account %s: %s %s", who, request.method, screen)
            title = "This is not yours to do"
            sentence = str(refusal) or "Your role does not allow it: ask an editor."
            return self._refusal(request, title, sentence, 403)
        except Http404:
            title = "There is nothing at this address"
            return self._refusal(request, title, NOTHING_HERE, 404)

    def _refusal(self, request, title, sentence, status):
        from editorial.desk import held

        context = {
            **self.each_context(request),
            "title": title,
            "sentence": sentence,
            "held": held.sent(request) if request.method == "POST" else None,
        }
        template = "admin/refusal.html"
        response = TemplateResponse(request, template, context, status=status)
        add_never_cache_headers(response)
        return response

    def each_context(self, request):
        """Return what our own base template needs: no sidebar, so no list of apps."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "has_permission": self.has_permission(request),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "log_entries": self.get_log_entries(request),
            "rooms": list(self._rooms(request)),
            "role_names": self._role_names(request),
        }

    def _rooms(self, request):
        if not request.user.is_authenticated or not self.has_permission(request):
            return
        for label, room in ROOMS:
            if address := self._room(request, room):
                here = request.path.startswith(address)
                yield {"label": label, "address": address, "here": here}

    def _room(self, request, room):
        """Return the address of a room: a list or a screen; "" if shut."""
        if "." not in room:
            open_to = SCREENS[room]
            return reverse(f"admin:{room}") if roles_here(request) & open_to else ""
        admin = self._registry.get(apps.get_model(room))
        if not (admin and admin.has_view_permission(request)):
            return ""
        return reverse(f"admin:{room.replace('.', '_')}_changelist")

    def _role_names(self, request):
        if not request.user.is_authenticated:
            return ""
        if request.user.is_superuser:
            return "administrator"
        return ", ".join(sorted(role.label for role in roles_here(request)))
