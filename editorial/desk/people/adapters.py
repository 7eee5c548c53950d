"""What this site decides of allauth's: who comes in, how often one may try, and words.

Every hook is a method that allauth calls; nothing is heard through a signal.
"""

import base64
import io
import secrets
from urllib.parse import urlsplit

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from qrcode.image.svg import SvgPathFillImage

from editorial import sessions
from editorial.desk.people import events
from editorial.models import User

THROTTLED = (
    "Too many tries. Wait 15 minutes, then try again: nothing is wrong with the "
    "account. Who has forgotten the password asks for a new one below."
)
SAID = {
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "The authenticator app is removed.",
    "mfa/messages/webauthn_added.txt": "Your passkey is added.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
    "mfa/messages/recovery_codes_generated.txt": (
        "Your recovery codes are made: keep them where your telephone is not."
    ),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "This username and this password do not belong together. Type both again; "
            "capital letters matter."
        ),
        "incorrect_password": "That is not your password. Type it again.",
        "too_many_login_attempts": THROTTLED,
        "rate_limited": THROTTLED,
    }

    def is_open_for_signup(self, request):
        return False

    def is_ajax(self, request):
        return False

    def is_safe_url(self, url):
        here = {context.request.get_host()}
        return url_has_allowed_host_and_scheme(url, here, context.request.is_secure())

    def get_login_redirect_url(self, request):
        return reverse("admin:index")

    def get_login_stages(self):
        return ["allauth.mfa.stages.AuthenticateStage"]

    def get_client_ip(self, request):
        """Return where a request comes from; an odd header is no reason to fail."""
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            return request.META.get("REMOTE_ADDR") or "unknown"

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count a username's wrong passwords by where they come from.

        allauth's own key is the username: a stranger's guesses would lock it for all.
        """
        place = truncate_ip(self.get_client_ip(request))
        return f"{place} {credentials.get('username', '').lower()}"

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        return user if user and user.is_staff else None

    def authentication_failed(self, request, **credentials):
        """Remember whose account it was: the entrance tells of it once it answered."""
        named = User.objects.filter(username=credentials.get("username"))
        request.refused_user = named.first()

    def login(self, request, user):
        super().login(request, user)
        # Who has just shown everything is not asked again for one's own account.
        record_authentication(request, user, "login", reauthenticated=True)
        sessions.began(request)
        events.came_in(user)

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Say it in our words, or say nothing where there is nothing to say."""
        said = kwargs.pop("message", None) or SAID.get(message_template)
        if said:
            super().add_message(request, level, message=said)

    def send_notification_mail(self, template_prefix, user, *args, **kwargs):
        events.factor_changed(context.request, template_prefix, user)

    def get_reauthentication_methods(self, user):
        """Who has a second factor shows that one: a password alone takes none away."""
        methods = super().get_reauthentication_methods(user)
        factors = [one for one in methods if one["id"].startswith("mfa")]
        # A passkey, where there is one, before a recovery code, of which there are few.
        return sorted(factors, key=lambda one: one["id"], reverse=True) or methods


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "That is not right, or it was used already. Type the next code that your "
            "app shows, or use another way."
        ),
        "cannot_generate_recovery_codes": (
            "Recovery codes go with an authenticator app or a passkey: add one first."
        ),
    }

    def get_totp_label(self, user):
        return user.username

    def get_totp_issuer(self):
        return settings.SITE_NAME

    def build_totp_svg(self, url):
        """Return the picture to scan, on white: the page around it may be dark."""
        picture = io.BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(picture)
        return picture.getvalue().decode()

    def get_public_key_credential_rp_entity(self):
        """Name this site by its own address, never by what a request calls it."""
        return {"id": urlsplit(settings.SITE_URL).hostname, "name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user):
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.username, "display_name": user.printed_name}

    def generate_authenticator_name(self, user, type):
        return "Passkey"

    def encrypt(self, text):
        """Seal a secret, so that a stolen backup opens no second factor."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """Open it; under another SECRET_KEY return one that no code will fit."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _seal():
    key = salted_hmac("editorial.second_factor", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
