"""What is done to a credential on a person's screen: a byline is set, and verified.

Each calls one verb of `credentials`, on the credential that the screen showed.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction

from editorial import credentials
from editorial.desk import twice
from editorial.desk.catalogue import entry_history
from editorial.desk.catalogue.entry import number
from editorial.desk.catalogue.entry_forms import refuse
from editorial.desk.people.people_forms import PairForm, VerifyForm
from editorial.models import ReviewerAccount


def of(person):
    """Return a person's credential with what its screen names, or None."""
    rows = ReviewerAccount.objects.select_related("reviewer", "verified_by")
    return rows.filter(user=person).first()


def seen(account):
    """Return what a form says of the credential that it was made for."""
    return entry_history.newest(account) if account else 0


def pair(request, person):
    form = PairForm(request.POST, person=person)
    if not form.is_valid():
        return form
    byline, before = form.cleaned_data["reviewer"], of(person)
    try:
        if before is None or before.reviewer_id != byline.pk:
            _refuse_unseen(request, before)
        account = credentials.pair(person, byline, by=request.user)
    except ValidationError as error:
        return _refused(request, person, form, error)
    twice.say(request, f"{person.printed_name} signs as {account.reviewer}.")
    if not account.verified_at:
        messages.warning(request, "Not before somebody else has verified it.")


def verify(request, person):
    form = VerifyForm(request.POST)
    if not form.is_valid() or of(person) is None:
        return form
    try:
        _verify(request, person, **form.cleaned_data)
    except ValidationError as error:
        return _refused(request, person, form, error)
    twice.say(request, f"Verified until {form.cleaned_data['expires_on']:%Y-%m-%d}.")


def _refused(request, person, form, error):
    """Keep what was chosen on its form; nobody has a form for their own credential."""
    if person.pk == request.user.pk:
        raise error
    refuse(form, error)
    return form


@transaction.atomic
def _verify(request, person, byline, expires_on):
    """Verify the byline that was looked at, once."""
    (account,) = credentials.held(user=person)
    if account.reviewer_id == byline:
        if twice.verified(account, expires_on, by=request.user):
            return
        _refuse_unseen(request, account)
    account.reviewer_id = byline
    credentials.verify(account, by=request.user, expires_on=expires_on)


def _refuse_unseen(request, account):
    """Refuse, once, what was chosen for a credential that has changed since."""
    if account is None or number(request.POST.get("against")) == seen(account):
        return
    if account.user_id == request.user.pk:
        return  # the verb refuses that
    last = account.history.select_related("history_user").latest("history_id")
    raise ValidationError(
        f"{last.history_user.printed_name} changed this credential after you opened "
        "the page. Nothing was done: look at it as it is now, then press again."
    )
