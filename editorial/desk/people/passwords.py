"""The pages on which people choose a password: invited, or having forgotten theirs."""

from allauth.core import ratelimit
from django import forms
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.urls import path

from editorial import accounts, invitations
from editorial.desk import afterwards
from editorial.desk.people import events
from editorial.desk.people.screens import InOurLook

CHANGED = "Changed the password."
ENDED = "This link has ended"


class ForgottenForm(PasswordResetForm):
    """Answers alike, and as fast, whether there is an account; only staff have one."""

    email = forms.EmailField(
        label="Your address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def get_users(self, email):
        return (user for user in super().get_users(email) if user.is_staff)

    def save(self, **kwargs):
        """Leave it to the view, which mails when the answer is on its way."""


class Forgotten(InOurLook, views.PasswordResetView):
    form_class = ForgottenForm
    title = "Forgotten password"

    def post(self, request, *args, **kwargs):
        over = ratelimit.consume_or_429(request, action="reset_password")
        return over or super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """Answer alike and as fast, whether there is an account or none.

        After five mails to one address no other goes out: they all lead to the same.
        """
        address = form.cleaned_data["email"]
        few = ratelimit.consume(
            self.request, action="reset_password_mail", key=address.lower()
        )
        users = list(form.get_users(address)) if few else []
        answer = super().form_valid(form)
        return afterwards.do(answer, lambda: list(map(invitations.mail_reset, users)))


class Sent(InOurLook, views.PasswordResetDoneView):
    title = "Look into your mail"


class Choose(InOurLook, views.PasswordResetConfirmView):
    """Choose a new password by a link that was mailed, which ends with its use."""

    title = "Choose your password"
    done = "Chose a new password by a mailed link."

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context if context["validlink"] else {**context, "title": ENDED}

    def form_valid(self, form):
        response = super().form_valid(form)
        events.password_changed(self.user, self.done)
        return response


class Accept(Choose):
    """As `Choose`, for the first password of an account."""

    token_generator = invitations.tokens
    reset_url_token = "choose-password"
    done = "Accepted the invitation."

    def form_valid(self, form):
        response = super(Choose, self).form_valid(form)
        accounts.note(self.user, self.done, by=self.user)
        return response


def change(request, view):
    """Change one's own password at the desk; the other sessions end."""
    if request.method == "POST" and (
        over := ratelimit.consume_or_429(request, action="change_password")
    ):
        return over
    answer = view()
    if request.method == "POST" and answer.status_code == 302:
        here = request.session.session_key
        events.password_changed(request.user, CHANGED, but=here)
    return answer


class Chosen(InOurLook, views.PasswordResetCompleteView):
    title = "Your password is set"


urls = [
    path("password-reset/", Forgotten.as_view(), name="password_reset"),
    path("password-reset/sent/", Sent.as_view(), name="password_reset_done"),
    path("password-reset/complete/", Chosen.as_view(), name="password_reset_complete"),
    path(
        "password-reset/<uidb64>/<token>/",
        Choose.as_view(),
        name="password_reset_confirm",
    ),
    path("invitation/<uidb64>/<token>/", Accept.as_view(), name="invitation"),
]
