"""The pages on which people choose a password: invited, or having forgotten theirs."""

from django import forms
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.urls import path

from editorial import accounts, invitations
from editorial.desk.people.screens import InOurLook

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
        for user in self.get_users(self.cleaned_data["email"]):
            invitations.post_reset(user)


class Forgotten(InOurLook, views.PasswordResetView):
    form_class = ForgottenForm
    title = "Forgotten password"


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
        accounts.note(self.user, self.done, by=self.user)
        return response


class Accept(Choose):
    """As `Choose`, for the first password of an account."""

    token_generator = invitations.tokens
    reset_url_token = "choose-password"
    done = "Accepted the invitation."


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
