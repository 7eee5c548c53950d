"""The screen of one person.

Each button calls one verb of `accounts`, `invitations` or `credentials` and no other.
"""

import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from conditions import references
from editorial import (
    account_notes,
    accounts,
    clock,
    credentials,
    identity,
    open_work,
)
from editorial.desk import twice
from editorial.desk.catalogue import entry_history
from editorial.desk.catalogue.entry import number
from editorial.desk.catalogue.entry_forms import refuse
from editorial.desk.people import (
    credential,
    handing_over,
    inviting,
    screens,
    standing,
)
from editorial.desk.people.people_forms import (
    PairForm,
    PersonForm,
    VerifyForm,
)
from editorial.desk.site import roles_here
from editorial.handing_over import last_told
from editorial.models import User
from editorial.states import Role


def show(request, pk):
    """GET shows a person; POST does what the pressed button says."""
    person = _find(pk)
    if request.method != "POST":
        return _page(request, person)
    act = ACTS.get(request.POST.get("act"))
    if act is None:
        messages.error(request, "Nothing was done: press one of the buttons.")
        return redirect(screens.address(person))
    try:
        # A verb gets its own copy: the page shows what is stored.
        form = act(request, copy.copy(person))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        form = None
    return _page(request, person, form) if form else redirect(screens.address(person))


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
        _refuse_overwriting(request, person, said, roles)
        told = accounts.change(person, **said, roles=roles, by=request.user)
    except ValidationError as error:
        refuse(form, error)
        return form
    again = twice.noted(person, screens.seen(request), "Changed", by=request.user)
    twice.say(request, told or again or "Nothing to save: all is the same.")
    if told:
        handing_over.warn_of(request, person)


def _refuse_overwriting(request, person, said, roles):
    """Refuse, once, a form that was opened before somebody else's change."""
    since = account_notes.of(person).filter(pk__gt=screens.seen(request))
    last = since.filter(change_message__startswith="Changed").first()
    stored = {name: getattr(person, name) for name in said}
    if last and (said, frozenset(roles)) != (stored, accounts.groups_of(person)):
        raise ValidationError(
            f"{last.user.printed_name} changed this account while you were typing, and "
            "nothing of yours is saved yet. Look at what was done; if you save again, "
            "your words replace theirs."
        )


def _reopen(request, person):
    told = last_told(person)
    accounts.set_active(person, True, by=request.user)
    twice.say(request, f"The account of {person.printed_name} is open again.")
    if told:
        twice.say(request, f"What was handed over is not handed back: {told}.")


def _take_factor_away(request, person):
    name = person.printed_name
    if identity.take_away(person, by=request.user):
        twice.say(request, f"The second factor of {name} is taken away.")
    elif not twice.noted(
        person, screens.seen(request), identity.RESET, by=request.user
    ):
        messages.info(request, f"{name} has no second factor.")


ACTS = {
    "factor": _take_factor_away,
    "details": _details,
    "pair": credential.pair,
    "verify": credential.verify,
    "invite": inviting.send_again,
    "reset": inviting.send_reset,
    "reopen": _reopen,
}


def _page(request, person, form=None):
    by, itself = request.user, person.pk == request.user.pk
    account, roles = credential.of(person), accounts.groups_of(person)
    notes = list(account_notes.of(person)[:50])
    said, colour = standing.of(account, clock.today()) if account else ("", "")
    signs = Role.MEDICAL_REVIEWER in roles
    may_verify = not itself and person.is_active and credentials.may(by)
    return screens.show(
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
        signs=signs,
        may_verify=may_verify,
        due=signs and may_verify and colour != "ok",
        events=entry_history.events(account) if account else [],
        notes=notes,
        against=notes[0].pk if notes else 0,
        credential_against=credential.seen(account),
        **_byline(request, account),
        **_access(person),
    )


def _byline(request, account):
    """Return where a byline is looked up: in public, and at the desk by its roles."""
    if account is None:
        return {}
    byline = account.reviewer
    entry = reverse("admin:conditions_reviewer_change", args=(byline.pk,))
    return {
        "orcid": byline.orcid and references.code("orcid", byline.orcid),
        "byline_address": entry if roles_here(request) else "",
    }


def _access(person):
    """Return what the panel of a shut account says, and where one is shut."""
    shut = not person.is_active
    return {
        "hand_over_address": handing_over.address(person),
        "handed": last_told(person) if shut else "",
        "still_open": shut and bool(open_work.of(person, leaving=True)),
        "has_factor": identity.has_second_factor(person),
    }


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


def _find(pk):
    person = User.objects.filter(pk=number(pk)).first()
    if person is None:
        raise Http404("There is no such person.")
    return person
