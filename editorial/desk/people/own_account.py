"""“Your account”: one's own password, authenticator app, passkeys and recovery codes.

Whoever must have a second factor and has none finds every other door shut.
"""

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeView
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editorial import identity
from editorial.desk.people import entrance
from editorial.desk.people.adapters import FactorAdapter
from editorial.desk.people.logged_in import WhereLoggedIn
from editorial.desk.people.mails import YourMails
from editorial.desk.people.screens import InOurLook

HOME = reverse_lazy("mfa_index")


class YourAccount(InOurLook, IndexView):
    template_name = "editorial/entrance/account.html"
    title = "Your account"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return {
            **super().get_context_data(**kwargs),
            "must": identity.needs_second_factor(user),
            "passkeys_work": passkeys_work(),
        }


def passkeys_work():
    """Say whether browsers let this site have passkeys: over https, or as localhost."""
    return settings.SITE_URL.startswith(("https://", "http://localhost"))


# Before a change: who is it?


class PasswordAgain(InOurLook, ReauthenticateView):
    template_name = "editorial/entrance/again.html"
    title = "Is it you?"


class CodeAgain(InOurLook, CodeView):
    template_name = "editorial/entrance/again.html"
    title = "Is it you?"


class PasskeyAgain(InOurLook, passkeys.ReauthenticateWebAuthnView):
    template_name = "editorial/entrance/again.html"
    title = "Is it you?"

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, **kwargs, "options": entrance.options(context)}


# The app


class AddApp(InOurLook, app.ActivateTOTPView):
    template_name = "editorial/entrance/app.html"
    title = "Set up an authenticator app"

    def dispatch(self, request, *args, **kwargs):
        user = request.user
        if user.is_authenticated and is_mfa_enabled(user, [identity.APP]):
            return redirect(HOME)  # a second press, or another tab, has set it up
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = (secret[at : at + 4] for at in range(0, len(secret), 4))
        return {**context, "secret": " ".join(groups)}

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            return redirect(HOME)  # two presses at once


class RemoveApp(InOurLook, app.DeactivateTOTPView):
    template_name = "editorial/entrance/remove.html"
    title = "Remove the authenticator app?"


@require_safe
@never_cache
@login_required
def app_picture(request):
    """The key of an app that is being set up, as a picture to scan.

    An address of its own, because no page of this site shows a picture in itself.
    """
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404("No app is being set up.")
    adapter = FactorAdapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, "image/svg+xml")


# Recovery codes


class RecoveryCodes(InOurLook, recovery.ViewRecoveryCodesView):
    template_name = "editorial/entrance/recovery_codes.html"
    title = "Your recovery codes"


class NewRecoveryCodes(InOurLook, recovery.GenerateRecoveryCodesView):
    template_name = "editorial/entrance/new_recovery_codes.html"
    title = "Make new recovery codes?"


class RecoveryCodesFile(recovery.DownloadRecoveryCodesView):
    template_name = "editorial/entrance/recovery_codes.txt"


# Passkeys


class AddPasskey(InOurLook, passkeys.AddWebAuthnView):
    template_name = "editorial/entrance/passkey.html"
    title = "Add a passkey"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, **kwargs, "options": entrance.options(context)}


class RenamePasskey(InOurLook, passkeys.EditWebAuthnView):
    template_name = "editorial/entrance/rename.html"
    title = "Rename a passkey"
    success_url = HOME


class RemovePasskey(InOurLook, passkeys.RemoveWebAuthnView):
    template_name = "editorial/entrance/remove.html"
    title = "Remove this passkey?"
    success_url = HOME


# The names are those by which allauth finds its way.
urls = [
    path("", YourAccount.as_view(), name="mfa_index"),
    path("sessions/", WhereLoggedIn.as_view(), name="where_logged_in"),
    path("mails/", YourMails.as_view(), name="your_mails"),
    path("login/", entrance.log_in, name="account_login"),
    path("second-step/", entrance.SecondStep.as_view(), name="mfa_authenticate"),
    path("again/", PasswordAgain.as_view(), name="account_reauthenticate"),
    path("again/code/", CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("app/", AddApp.as_view(), name="mfa_activate_totp"),
    path("app/picture.svg", app_picture, name="app_picture"),
    path("app/remove/", RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/", RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/file/",
        RecoveryCodesFile.as_view(),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path(
        "passkeys/<int:pk>/remove/", RemovePasskey.as_view(), name="mfa_remove_webauthn"
    ),
]
