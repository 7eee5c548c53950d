"""The forms of the entrance and of one's own second factor, in our words.

Each is allauth's, which checks; a code is used up by `identity` alone.
"""

from allauth.account.forms import LoginForm as StockLoginForm
from allauth.account.forms import ReauthenticateForm as StockPasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.exceptions import ValidationError

from editorial import identity
from editorial.desk.people import events

# A passkey's answer is some hundred characters long, of which half is its key.
LONGEST_ANSWER = 20_000


def password(label="Your password", name="current-password"):
    return forms.CharField(
        label=label,
        strip=False,
        max_length=4_096,
        widget=forms.PasswordInput({"autocomplete": name}),
        error_messages={"required": "Type your password."},
    )


class Unkept(forms.TextInput):
    """Comes back empty: a code is good once."""

    def format_value(self, value):
        return None


def code(label, *, required=True, **more):
    attrs = {"autocomplete": "one-time-code", "spellcheck": "false", **more}
    return forms.CharField(
        label=label,
        required=required,
        max_length=40,
        widget=Unkept(attrs),
        error_messages={
            "required": "Type the code.",
            "max_length": "A code is shorter: type it once more.",
        },
    )


class Answer(forms.JSONField):
    """What a passkey has answered, as its script wrote it down."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": "The passkey did not answer: press the button and use it again.",
        "invalid": "The passkey did not answer: press the button and use it again.",
    }

    def to_python(self, value):
        if isinstance(value, str) and len(value) > LONGEST_ANSWER:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            answer = super().to_python(value)
        except RecursionError:
            answer = []
        if answer is not None and not isinstance(answer, dict):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return answer


class LoginForm(StockLoginForm):
    """Username and password, under the names that browsers have kept for them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["login"] = forms.CharField(
            label="Username",
            max_length=150,
            widget=forms.TextInput(
                {"autocomplete": "username", "autocapitalize": "none"}
            ),
            error_messages={"required": "Type your username."},
        )
        self.fields["password"] = password("Password")
        self.order_fields(("login", "password"))

    def add_prefix(self, field_name):
        return "username" if field_name == "login" else field_name


class PasswordAgainForm(StockPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["password"] = password()


class UsingACode:
    """A code of the app or a recovery code, counted and used up."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["code"] = code("Code")

    def clean_code(self):
        forget = check_rate_limit(self.user)
        given = self.cleaned_data["code"]
        self.authenticator = identity.use_code(self.user, given)
        if self.authenticator is None:
            events.refused(self.user, "a wrong code")
            raise get_adapter().validation_error("incorrect_code")
        self.authenticator.user = self.user
        forget()
        return given


class CodeForm(UsingACode, codes.AuthenticateForm):
    pass


class CodeAgainForm(UsingACode, codes.ReauthenticateForm):
    pass


class WithAnAnswer:
    """A form with a passkey's answer in it, be it what it may."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["credential"] = Answer()

    def _clean_fields(self):
        try:
            super()._clean_fields()
        except (AttributeError, KeyError, TypeError, ValueError):
            self.add_error("credential", Answer.default_error_messages["invalid"])

    def _clean_form(self):
        try:
            super()._clean_form()
        except (AttributeError, KeyError, TypeError, ValueError):
            self.add_error("credential", Answer.default_error_messages["invalid"])


class PasskeyForm(WithAnAnswer, passkeys.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(WithAnAnswer, passkeys.ReauthenticateWebAuthnForm):
    pass


class FirstCodeForm(app.ActivateTOTPForm):
    """The code that shows that the app has the key."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["code"] = code("The code that the app shows", inputmode="numeric")


class AddPasskeyForm(WithAnAnswer, passkeys.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = name(required=False)


class RenamePasskeyForm(passkeys.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["name"] = name(required=True)


def name(*, required):
    return forms.CharField(
        label="A name to know it by",
        required=required,
        max_length=100,
        error_messages={"required": "Give it a name."},
    )
