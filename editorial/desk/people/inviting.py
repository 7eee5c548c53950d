"""The invitation of a new person, and the mail that leads to a first password.

Calls verbs of `invitations` alone.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from editorial import accounts, invitations
from editorial.desk import twice
from editorial.desk.catalogue.entry_forms import refuse
from editorial.desk.people import screens
from editorial.desk.people.people_forms import InviteForm

NOT_SENT = (
    "The mail could not be sent: look at the address and the mail server, then send "
    "it again."
)


def invite(request):
    """GET asks who is invited; POST makes the account and mails the invitation."""
    accounts.require(request.user)
    form = InviteForm(request.POST if request.method == "POST" else None)
    pressed = request.method == "POST" and form.is_valid()
    if pressed and (user := _invited(request, form)):
        return redirect(screens.address(user))
    return screens.show(request, "invite", title="Invite a person", form=form)


def _invited(request, form):
    """Return the account that was made, now or by the press before; None if refused."""
    by, said = request.user, form.cleaned_data
    try:
        user, sent = invitations.invite(**said, by=by)
    except ValidationError as error:
        if user := twice.invited(said, by=by):
            twice.say(request, f"Made an account for {user.printed_name}.")
            return user
        refuse(form, error)
        return None
    twice.say(request, f"Made an account for {user.printed_name}.")
    _say_sent(request, sent, f"The invitation is on its way to {user.email}.")
    return user


def send_again(request, person):
    sent = invitations.send_again(person, by=request.user, seen=screens.seen(request))
    _say_sent(request, sent, "The invitation is on its way. Older links have ended.")


def send_reset(request, person):
    sent = invitations.send_reset(person, by=request.user, seen=screens.seen(request))
    _say_sent(request, sent, f"A password reset is on its way to {person.email}.")


def _say_sent(request, sent, sentence):
    if sent is None:
        messages.info(request, "That was sent a moment ago, and is not sent twice.")
    elif sent:
        messages.success(request, sentence)
    else:
        messages.error(request, NOT_SENT)
