"""“Your mails”: what one is told of, and what was sent; “Mails”: what was sent to all.

Nobody chooses for another, and nobody edits or sends a mail by hand.
"""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.template.response import TemplateResponse
from django.urls import path, reverse_lazy
from django.utils.text import capfirst
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from post_office.models import STATUS, Log

from editorial import mail, rounds
from editorial.desk.people.screens import InOurLook
from editorial.desk.site import roles_here
from editorial.models import Digest, Kind, Mail
from editorial.states import Role

A_PAGE, OWN = 50, 20
KINDS = {**dict(Kind.choices), "digest": "What waits for you"}


@dataclass(frozen=True)
class Sent:
    """One mail in a list: what it told of, to whom, and what became of it."""

    mail: Mail
    what: str
    outcome: str
    colour: str
    until: datetime | None


class ChoiceForm(forms.Form):
    """What to be told of at once, and how often of all that waits."""

    told = forms.MultipleChoiceField(
        label="Mail me when",
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Mails about your account and your login always come.",
    )
    digest = forms.ChoiceField(
        label="Mail me a list of what waits for me",
        choices=Digest.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often."},
    )


class YourMails(LoginRequiredMixin, InOurLook, FormView):
    template_name = "editorial/entrance/mails.html"
    title = "Your mails"
    form_class = ChoiceForm
    success_url = reverse_lazy("your_mails")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "label_suffix": ""}

    def get_initial(self):
        choice = mail.choice_of(self.request.user)
        told = [kind for kind in Kind.values if kind not in choice.without]
        return {"told": told, "digest": choice.digest}

    def form_valid(self, form):
        told = form.cleaned_data["told"]
        without = [kind for kind in Kind.values if kind not in told]
        digest = form.cleaned_data["digest"]
        mail.choose(self.request.user, without=without, digest=digest)
        messages.success(self.request, "Saved. It holds from the next mail on.")
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        own = _mails().filter(to=self.request.user)[:OWN]
        may = _may_see_all(self.request)
        sent = list(map(_sent, own))
        return {**super().get_context_data(**kwargs), "sent": sent, "may_see_all": may}


def urls(site):
    """Return the address of the list of all mails."""
    return [path("mails/", site.admin_view(show), name="mails")]


@require_safe
def show(request):
    """Show every mail to anybody, the newest first, with what became of it."""
    if not _may_see_all(request):
        raise PermissionDenied("The mails of all are for editors and superusers.")
    request.current_app = admin.site.name
    shown = Paginator(_mails(), A_PAGE).get_page(request.GET.get("p"))
    context = {
        **admin.site.each_context(request),
        "title": "Mails",
        "subtitle": None,
        "shown": shown,
        "sent": list(map(_sent, shown.object_list)),
        "worked": rounds.last(),
    }
    return TemplateResponse(request, "editorial/people/mails.html", context)


def _may_see_all(request):
    return request.user.is_superuser or Role.EDITOR in roles_here(request)


def _mails():
    tries = Log.objects.filter(email=OuterRef("email"), status=STATUS.failed)
    words = tries.order_by("-pk").values("message")[:1]
    rows = Mail.objects.annotate(failure=Subquery(words)).order_by("-pk")
    return rows.select_related("to", "email").defer("email__message")


def _sent(one):
    what = KINDS.get(one.kind) or capfirst(one.kind.replace("_", " "))
    return Sent(one, what, *_outcome(one))


def _outcome(one):
    """Return what became of a mail, its colour, and when: it went, or goes again."""
    email = one.email
    match email.status:
        case STATUS.sent:
            return "Sent", "ok", email.last_updated
        case STATUS.failed:
            return f"Not sent: {_why(one)}", "bad", None
        case STATUS.requeued:
            return f"Tried, and tried again: {_why(one)}", "warn", email.scheduled_time
    return "Waits for the worker", "", None


def _why(one):
    return one.failure or "the server did not take it"
