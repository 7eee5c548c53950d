"""A reader's report of a page: its form, its traps, how long it is kept.

The only writer of Report. Nobody logs in and no cookie is set, so there is no token to
compare: the form carries a signed stamp, and the browser says from where it was sent.
"""

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from conditions import markup
from conditions.composition import line_feeds
from conditions.models import Report

LONGEST = 2_000  # characters
# Nobody writes a report in so short a time, and a form this old shows an old page.
FASTEST, SLOWEST = timedelta(seconds=3), timedelta(days=1)
ADDRESS_KEPT, WORDS_KEPT = timedelta(days=90), timedelta(days=2 * 365)
STAMP = "conditions.report"

TOO_FAST = "That was very quick. Your words are below: please press the button again."
TOO_OLD = "This form was open for more than a day. Please press the button again."
FILLED = "Leave the last field empty: it is a trap for programs. Then press again."
ELSEWHERE = (
    "Your browser does not say that this form stands on our site, so nothing was sent. "
    "Your words are below: please press the button again."
)
TOO_MANY = (
    "Many reports came from your connection within an hour, so nothing was sent. Copy "
    "your words, and send them in an hour."
)
STATUS = {ELSEWHERE: 403, TOO_MANY: 429}


class ReportForm(forms.Form):
    """What is wrong, and where to answer if the reader wants to be answered."""

    words = forms.CharField(
        label="What is wrong or unclear?",
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write what is wrong or unclear."},
        help_text="Say where on the page. Please do not write about your own health.",
    )
    address = forms.EmailField(
        label="Your e-mail address, if you want an answer",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Write an address like name@example.org, or leave it empty."
        },
        help_text=(
            "We write to it once, and delete it then, or after "
            f"{ADDRESS_KEPT.days} days."
        ),
    )
    website = forms.CharField(label="Leave this field empty", required=False)
    stamp = forms.CharField(required=False)  # hidden, and new in each answer

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, label_suffix="", **options)
        self.fields["address"].widget.attrs["autocomplete"] = "email"
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    def clean_words(self) -> str:
        words = line_feeds(str(self.cleaned_data["words"]))
        if len(words) > LONGEST:
            raise ValidationError(
                f"Shorten it to {LONGEST:,} characters; it has {len(words):,}."
            )
        try:
            markup.check_visible(words)
        except markup.MarkupError as error:
            raise ValidationError(str(error)) from error
        return words

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(FILLED)
        return ""


def new_stamp(edition: int) -> str:
    """Return what ties a form to the edition that its reader sees, and to this time."""
    return signing.dumps([edition, secrets.token_hex(16)], salt=STAMP)


def receive(request: HttpRequest, editions: Collection[int]) -> ReportForm:
    """Keep what a reader sent of one of these editions, by their keys, once.

    Where the form that is returned has errors, nothing was kept, and they say what to
    do. Sent twice, it is one report.
    """
    form = ReportForm(request.POST)
    if form.is_valid():
        stamp, why = _read(form.cleaned_data["stamp"])
        if why := _hindrance(request, why if stamp[0] in editions else TOO_OLD):
            form.add_error(None, why)
        else:
            _keep(*stamp, form.cleaned_data)
    return form


def status(form: ReportForm) -> int:
    """Return what a form that was sent is answered with."""
    refused = [STATUS[why] for why in form.non_field_errors() if why in STATUS]
    return refused[0] if refused else 400 if form.errors else 200


def forget() -> list[str]:
    """Empty the addresses and words that were kept for their time; say how many."""
    now = timezone.now()
    old = Report.objects.exclude(address="").filter(sent_at__lt=now - ADDRESS_KEPT)
    addresses = old.update(address="")
    old = Report.objects.exclude(words="").filter(sent_at__lt=now - WORDS_KEPT)
    words = old.update(words="")
    told = {"addresses": addresses, "texts": words}
    return [f"forgot {n} {what} of readers’ reports" for what, n in told.items() if n]


def forget_address(report: Report) -> None:
    """Empty the address of a reader who has been answered."""
    Report.objects.filter(pk=report.pk).update(address="")


def _read(stamp: str) -> tuple[tuple[int, str], str]:
    """Return the edition's key and the form's own number, and why it is too early."""
    try:
        edition, form = signing.loads(stamp, salt=STAMP, max_age=SLOWEST)
    except signing.BadSignature:
        return (0, ""), TOO_OLD
    try:
        signing.loads(stamp, salt=STAMP, max_age=FASTEST)
    except signing.SignatureExpired:  # as it should be by now
        return (edition, form), ""
    return (edition, form), TOO_FAST


def _hindrance(request: HttpRequest, why: str) -> str:
    """Return why a report cannot be taken, or "". The count of tries is last."""
    here = {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}
    if request.headers.get("Origin") not in here:
        return ELSEWHERE
    return why or ("" if _few(request) else TOO_MANY)


def _few(request: HttpRequest) -> bool:
    """Say whether few reports come from this address. Only its keyed hash is kept."""
    source = get_adapter().get_client_ip(request)
    key = salted_hmac(STAMP, source, algorithm="sha256").hexdigest()
    return bool(ratelimit.consume(request, action="reader_report", key=key))


def _keep(edition: int, form: str, said: dict[str, Any]) -> None:
    Report.objects.get_or_create(
        form=form,
        defaults={
            "edition_id": edition,
            "words": said["words"],
            "address": said["address"],
            "sent_at": timezone.now(),
        },
    )
