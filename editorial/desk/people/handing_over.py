"""The page before an account is shut: what its owner has open, and who takes it over.

Calls one verb, `handing_over.give`; also for whoever lost a role and not the account.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from editorial import accounts, clock, handing_over, open_work
from editorial.desk import twice
from editorial.desk.catalogue.entry import number
from editorial.desk.people import standing
from editorial.models import ReviewerAccount, User

KEEP = "keep"  # in the address: hand over, and leave the account open
A_PAGE = 50  # of each kind of work
MANY = 100  # texts; to hand over more takes longer than anybody expects of a press


class Colleague(forms.ModelChoiceField):
    """One of the people who may take it over; nobody, where none is chosen."""

    def __init__(self, people, notes=None, **words):
        self.notes = notes or {}
        words |= {"required": False, "empty_label": "Nobody yet"}
        told = {"invalid_choice": "Choose one of the colleagues in the list."}
        super().__init__(people, error_messages=told, **words)

    def label_from_instance(self, obj):
        return obj.printed_name + self.notes.get(obj.pk, "")


class HandOverForm(forms.Form):
    """A choice for each kind of work of which there is some."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, person, work):
        # What was looked at is asked of the browser, never of the database again.
        super().__init__(data, label_suffix="", initial={"seen": work.seen})
        if work.reviews:
            self.fields["reviewer"] = Colleague(
                handing_over.reviewers(person),
                _barred(person, len(work.reviews)),
                label="Who reviews them",
                help_text="Those whose credential is valid today. An editor can still "
                "assign each text to somebody else.",
            )
        if work.texts:
            self.fields["writer"] = Colleague(
                handing_over.writers(person),
                label="Who writes on",
                help_text="Left with nobody, they wait on the editors’ home.",
            )


def urls(site):
    """Return the address of the page, below the people's own."""
    return [
        path(
            "<int:pk>/hand-over/",
            site.admin_view(hand_over),
            name="editorial_user_hand_over",
        )
    ]


def address(person, *, keep=False):
    """Return where a person's work is handed over; `keep`: and the account stays."""
    place = reverse("admin:editorial_user_hand_over", args=(person.pk,))
    return f"{place}?{KEEP}=1" if keep else place


def hand_over(request, pk):
    """GET shows what is open and asks who takes it over; POST does it."""
    accounts.require(request.user)
    person = get_object_or_404(User, pk=pk)
    # An account that is shut already has nothing to keep.
    shut = person.is_active and KEEP not in request.GET
    work = open_work.of(person, leaving=shut or not person.is_active)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and _pressed_before(request, person, work):
        _tell(request, person, not person.is_active, handing_over.last_told(person))
        return redirect("admin:editorial_user_change", person.pk)
    form = HandOverForm(posted, person=person, work=work)
    if posted is not None and form.is_valid():
        try:
            told = handing_over.give(
                person, by=request.user, shut=shut, **form.cleaned_data
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            form = HandOverForm(_again(posted, work), person=person, work=work)
        else:
            _tell(request, person, shut, told)
            return redirect("admin:editorial_user_change", person.pk)
    return _page(request, person, shut, work, form)


def warn_of(request, person):
    """Say after a change of roles that the person cannot go on with something."""
    if open_work.of(person, leaving=False):
        sentence = format_html(
            '{} has work open that these roles do not cover. <a href="{}">See it, and '
            "hand it over</a>",
            person.printed_name,
            address(person, keep=True),
        )
        messages.warning(request, sentence)


def _pressed_before(request, person, work):
    """Say whether what was looked at is gone because this person has just given it."""
    if work and request.POST.get("seen") == work.seen:
        return False
    chosen = [request.POST.get(part, "") for part in ("reviewer", "writer")]
    people = User.objects.filter(pk__in=filter(None, map(number, chosen)))
    names = {one.printed_name for one in people}
    return twice.handed_over(person, names, by=request.user)


def _again(posted, work):
    """Return what was typed, against what is open now."""
    return {**posted.dict(), "seen": work.seen}


def _tell(request, person, shut, told):
    if shut:
        twice.say(request, f"The account of {person.printed_name} is shut.")
    if told:
        twice.say(request, f"Handed over: {told}.")
    elif not shut:
        messages.info(request, "Nothing was handed over.")


def _barred(person, reviews):
    """Return, by colleague, in words how many of so many texts they may not sign."""
    return {
        pk: f": may not sign {number} of the {reviews}, which "
        f"{'goes' if number == 1 else 'go'} to nobody yet"
        for pk, number in handing_over.barred(person).items()
    }


def _page(request, person, shut, work, form):
    credential = ReviewerAccount.objects.select_related("reviewer").filter(user=person)
    account = credential.first()
    request.current_app = admin.site.name
    context = {
        **admin.site.each_context(request),
        "title": _title(person, shut),
        "subtitle": None,
        "person": person,
        "itself": person.pk == request.user.pk,
        "shut": shut,
        "work": work,
        **_shown(request, work),
        "form": form,
        "account": account,
        "said": account and standing.of(account, clock.today())[0],
        "list_address": reverse("admin:editorial_user_changelist"),
        "list_name": "people",
        "person_address": reverse("admin:editorial_user_change", args=(person.pk,)),
    }
    return TemplateResponse(request, "editorial/people/hand_over.html", context)


def _shown(request, work):
    """Return one page of each kind of work, the way to the others, and what it costs.

    The longest list says how many pages there are.
    """
    kinds = vars(work)
    longest = Paginator(max(kinds.values(), key=len), A_PAGE)
    shown = longest.get_page(request.GET.get("p"))
    first = (shown.number - 1) * A_PAGE
    given = len(work.reviews) + len(work.texts)
    return {
        "here": {name: rows[first : first + A_PAGE] for name, rows in kinds.items()},
        "shown": shown,
        "asked": f"{KEEP}=1&" if KEEP in request.GET else "",
        "many": given if given > MANY else 0,
    }


def _title(person, shut):
    if shut:
        return f"Shut the account of {person.printed_name}"
    return f"Hand over the work of {person.printed_name}"
