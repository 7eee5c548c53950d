"""The pages on which people choose a password: invited, at the desk, or forgotten."""

from allauth.core import ratelimit
from django import forms
from django.contrib.auth import views
from django.contrib.auth.forms import (
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
)
from django.db import transaction
from django.urls import path, reverse_lazy

from editorial import account_notes, identity, invitations
from editorial.desk import afterwards
from editorial.desk.people.screens import InOurLook

ENDED = "This link has ended"


class Noted:
    """Saves a password and its note as one: the hashing is done before that."""

    def save(self, commit=True):
        user = super().save(commit=False)
        with transaction.atomic():
            user.save()
            account_notes.enter(user, self.done, by=user)
        return user


class ChangeForm(Noted, PasswordChangeForm):
    done = "Changed the password."


class MailedForm(Noted, SetPasswordForm):
    done = "Chose a new password by a mailed link."


class FirstForm(Noted, SetPasswordForm):
    done = "Accepted the invitation."


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
    form_class = MailedForm

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context if context["validlink"] else {**context, "title": ENDED}

    def form_valid(self, form):
        response = super().form_valid(form)
        identity.tell_owner(self.user, form.done)
        return response


class Accept(Choose):
    """As `Choose`, for the first password of an account."""

    form_class = FirstForm
    token_generator = invitations.tokens
    reset_url_token = "choose-password"


class Change(InOurLook, views.PasswordChangeView):
    """Change one's own password at the desk; the other sessions end."""

    form_class = ChangeForm
    title = "Password change"
    success_url = reverse_lazy("admin:password_change_done")

    def post(self, request, *args, **kwargs):
        over = ratelimit.consume_or_429(request, action="change_password")
        return over or super().post(request, *args, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        here = self.request.session.session_key
        identity.tell_owner(self.request.user, form.done, but=here)
        return response


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
