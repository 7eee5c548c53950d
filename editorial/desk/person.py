"""The screen of one person, and the invitation of a new one.

Each button calls one verb of `accounts`, `invitations` or `credentials` and no other.
"""

import copy

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from editorial import accounts, clock, credentials, invitations
from editorial.desk import entry_history, standing
from editorial.desk.entry import number
from editorial.desk.entry_forms import refuse
from editorial.desk.people_forms import InviteForm, PairForm, PersonForm, VerifyForm
from editorial.models import ReviewerAccount, Summary, User
from editorial.states import Role, Status

LIST = "admin:editorial_user_changelist"
NOT_SENT = (
    "The mail could not be sent: look at the address and the mail server, then send "
    "it again."
)


def invite(request):
    """GET asks who is invited; POST makes the account and mails the invitation."""
    accounts.require(request.user)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user, sent = invitations.invite(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Made an account for {user.printed_name}.")
            _say_sent(request, sent, f"The invitation is on its way to {user.email}.")
            return redirect(_address(user))
    return _show(request, "invite", title="Invite a person", form=form)


def show(request, pk):
    """GET shows a person; POST does what the pressed button says."""
    person = _find(pk)
    if request.method != "POST":
        return _page(request, person)
    act = ACTS.get(request.POST.get("act"))
    if act is None:
        messages.error(request, "Nothing was done: press one of the buttons.")
        return redirect(_address(person))
    try:
        # A verb gets its own copy: the page shows what is stored.
        form = act(request, copy.copy(person))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        form = None
    return _page(request, person, form) if form else redirect(_address(person))


def _details(request, person):
    keep = _keeps_roles(request, person)
    form = PersonForm(request.POST, keep_roles=keep)
    accounts.require(request.user)
    if not form.is_valid():
        return form
    said = dict(form.cleaned_data)
    roles = said.pop("roles", None)
    if roles is None:
        roles = accounts.groups_of(person)
    try:
        told = accounts.change(person, **said, roles=roles, by=request.user)
    except ValidationError as error:
        refuse(form, error)
        return form
    messages.success(request, told or "Nothing to save: all is the same.")


def _pair(request, person):
    form = PairForm(request.POST, person=person)
    if not form.is_valid():
        return form
    byline = form.cleaned_data["reviewer"]
    account = credentials.pair(person, byline, by=request.user)
    messages.success(request, f"{person.printed_name} signs as {account.reviewer}.")
    if not account.verified_at:
        messages.warning(request, "Not before somebody else has verified it.")


def _verify(request, person):
    form = VerifyForm(request.POST)
    account = _credential(person)
    if not form.is_valid() or account is None:
        return form
    account.reviewer_id = form.cleaned_data["byline"]
    expires_on = form.cleaned_data["expires_on"]
    credentials.verify(account, by=request.user, expires_on=expires_on)
    messages.success(request, f"Verified until {expires_on:%Y-%m-%d}.")


def _invite_again(request, person):
    sent = invitations.send_again(person, by=request.user)
    _say_sent(request, sent, "The invitation is on its way. Older links have ended.")


def _reset(request, person):
    sent = invitations.send_reset(person, by=request.user)
    _say_sent(request, sent, f"A password reset is on its way to {person.email}.")


def _shut(request, person):
    accounts.set_active(person, False, by=request.user)
    messages.success(request, f"The account of {person.printed_name} is shut.")
    held = Summary.objects.filter(
        assigned_reviewer=person, status=Status.IN_REVIEW, set_aside=False
    ).count()
    if held:
        what = "1 text in review is" if held == 1 else f"{held} texts in review are"
        messages.warning(
            request, f"{what} assigned to {person.printed_name}: assign anew."
        )


def _reopen(request, person):
    accounts.set_active(person, True, by=request.user)
    messages.success(request, f"The account of {person.printed_name} is open again.")


ACTS = {
    "details": _details,
    "pair": _pair,
    "verify": _verify,
    "invite": _invite_again,
    "reset": _reset,
    "shut": _shut,
    "reopen": _reopen,
}


def _page(request, person, form=None):
    by, itself = request.user, person.pk == request.user.pk
    account, roles = _credential(person), accounts.groups_of(person)
    said, colour = standing.of(account, clock.today()) if account else ("", "")
    return _show(
        request,
        "person",
        title=person.printed_name,
        person=person,
        itself=itself,
        roles=sorted(role.label for role in roles),
        details=_kept(form, PersonForm) or _details_form(request, person, roles),
        pair=_kept(form, PairForm)
        or PairForm(
            person=person, initial={"reviewer": account and account.reviewer_id}
        ),
        verify=_kept(form, VerifyForm)
        or VerifyForm(initial={"byline": account and account.reviewer_id}),
        failed=bool(form and form.errors),
        account=account,
        said=said,
        colour=colour,
        signs=Role.MEDICAL_REVIEWER in roles,
        may_verify=not itself and credentials.may(by),
        events=entry_history.events(account) if account else [],
        notes=accounts.notes(person)[:50],
    )


def _kept(form, kind):
    return form if isinstance(form, kind) else None


def _details_form(request, person, roles):
    names = ("first_name", "last_name", "email")
    initial = {name: getattr(person, name) for name in names}
    return PersonForm(
        initial={**initial, "roles": [role.value for role in roles]},
        keep_roles=_keeps_roles(request, person),
    )


def _keeps_roles(request, person):
    return person.pk == request.user.pk or person.is_superuser


def _credential(person):
    rows = ReviewerAccount.objects.select_related("reviewer", "verified_by")
    return rows.filter(user=person).first()


def _find(pk):
    person = User.objects.filter(pk=number(pk)).first()
    if person is None:
        raise Http404("There is no such person.")
    return person


def _say_sent(request, sent, sentence):
    if sent:
        messages.success(request, sentence)
    else:
        messages.error(request, NOT_SENT)


def _address(person):
    return reverse("admin:editorial_user_change", args=(person.pk,))


def _show(request, template, **more):
    request.current_app = admin.site.name
    context = {
        **admin.site.each_context(request),
        "list_address": reverse(LIST),
        "list_name": "people",
        "may_manage": request.user.is_superuser,
        **more,
    }
    return TemplateResponse(request, f"editorial/people/{template}.html", context)
