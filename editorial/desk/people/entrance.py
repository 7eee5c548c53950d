"""The one way in: username and password, then the second factor where there is one.

`/admin/login/` and `/accounts/login/` are the same view. What was sent from a page
whose login had lapsed travels through both steps and comes back at their end.
"""

import copy
import json
from functools import partial

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from django.contrib import admin
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import reverse

from editorial import identity
from editorial.desk import afterwards, held
from editorial.desk.people import events
from editorial.desk.people.adapters import THROTTLED
from editorial.desk.people.screens import InOurLook
from editorial.desk.site import lacks_second_factor

TOO_SLOW = "That took too long. Nothing is lost: log in once more and go on."


class Login(InOurLook, LoginView):
    template_name = "admin/login.html"
    title = "Log in"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        carried = held.carried(self.request)
        return {
            **context,
            "app_path": reverse("admin:login"),
            "next": context["redirect_field_value"] or "",
            "held": carried,
            "said": carried and held.LOGGED_OUT,
        }

    def form_valid(self, form):
        # The second step is for strangers: whoever sat here before is logged out.
        logout(self.request)
        return super().form_valid(form)


class SecondStep(InOurLook, AuthenticateView):
    """A code or a passkey, within a quarter of an hour after the password."""

    template_name = "editorial/entrance/second_step.html"
    title = "One more step"

    def dispatch(self, request, *args, **kwargs):
        answer = super().dispatch(request, *args, **kwargs)
        carried = held.carried(request)
        if carried and answer.status_code == 302 and not request.user.is_authenticated:
            return held.ask_to_log_in(request, carried, TOO_SLOW)
        return _go_on(request, answer, carried)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.stage.login.user
        return {
            **context,
            "held": held.carried(self.request),
            "next": self.request.POST.get("next", ""),
            "person": user,
            "has_passkey": identity.has_passkey(user),
            "has_app": identity.has_app(user),
            "options": options(context),
        }


def options(context):
    """Return what a page's script asks the passkey, as text for its form."""
    (asked,) = context["js_data"].values()
    return json.dumps(asked)


def log_in(request):
    """Ask who it is, and lead them on; `DeskSite.login` is nothing but this."""
    if request.method != "POST" and request.user.is_authenticated:
        if lacks_second_factor(request):
            return redirect("mfa_index")
        if admin.site.has_permission(request):
            return redirect("admin:index")
    answer, carried = Login.as_view()(request), held.carried(request)
    if refused := getattr(request, "refused_user", None):
        tell = partial(events.refused, refused, "a wrong password")
        return afterwards.do(answer, tell)
    if carried and answer.status_code == 429:
        return held.ask_to_log_in(request, carried, THROTTLED, status=429)
    half_way = answer.status_code == 302 and not request.user.is_authenticated
    if carried and half_way:
        asked = copy.copy(request)
        asked.method = "GET"
        return SecondStep.as_view()(asked)
    return _go_on(request, answer, carried)


def _go_on(request, answer, carried):
    """Show what was carried once the person is in, else answer as allauth does."""
    if not carried or answer.status_code != 302 or not request.user.is_authenticated:
        return answer
    # They were those of whoever was logged in before.
    admin.site.forget(request)
    return held.go_on(request, carried)
