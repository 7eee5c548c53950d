"""One reader's report, and the form by which it is decided on.

Calls one verb a press, `triage.decide`, and mails the answer when that is done.
"""

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from conditions.models import Report
from editorial import triage
from editorial.desk import frame
from editorial.desk.readers import queue
from editorial.desk.review.move_forms import Words
from editorial.models import Decision
from editorial.rules import MoveRefused
from editorial.triage import Answer

MEANS = {
    Decision.NOT_AN_ERROR: "The page stands as it is.",
    Decision.NEXT_REVIEW: "It stands beside the text until it is next signed.",
    Decision.REVISION: "The text becomes a draft; readers go on reading the edition.",
    Decision.WITHDRAWAL: "Readers find a note in place of the page, at once.",
}
CAME_OF_IT = {
    Answer.SENT: (
        messages.SUCCESS,
        "The answer is sent, and the reader’s address deleted.",
    ),
    Answer.NOT_TAKEN: (
        messages.ERROR,
        "It is decided, but the answer was not sent: the mail server did not take it. "
        "Press “Send the answer again” later.",
    ),
    Answer.GOING: (
        messages.WARNING,
        "An answer is being sent just now. If this one still stands as not sent in a "
        "minute, press “Send the answer again”.",
    ),
    Answer.GONE: (
        messages.INFO,
        "The reader has been answered, or wanted no answer.",
    ),
}


class DecisionForm(forms.Form):
    """What is decided, why, and what the reader is told if they asked."""

    decision = forms.TypedChoiceField(
        coerce=Decision,
        label="Decision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it."},
    )
    reason = Words(
        "Why",
        required=True,
        help_text="For colleagues and for the record.",
        error_messages={"required": "Say why."},
    )
    note = Words("Note to readers", help_text="Only of a page that is withdrawn now.")
    answer = Words(
        "Answer to the reader",
        rows=5,
        help_text="Sent once by mail, with the address of the page; nothing about "
        "the reader’s own health.",
    )

    def __init__(self, data=None, *, by, report):
        super().__init__(data, label_suffix="")
        self.fields["decision"].choices = [
            (one.value, f"{one.label}. {MEANS[one]}") for one in triage.open_to(by)
        ]
        if not report.address:
            del self.fields["answer"]


def urls(site):
    """Return the address of one report, below the list's."""
    return [
        path(
            "readers-reports/<int:pk>/",
            site.admin_view(decide),
            name="editorial_summary_readers_report",
        )
    ]


def decide(request, pk):
    """GET shows the report; POST decides on it, or sends an answer again."""
    triage.require(request.user)
    report, refusal = _find(pk), ""
    decided = triage.of(report)
    if request.method == "POST" and "again" in request.POST and decided:
        _send(request, decided)
        return redirect(queue.address(report))
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(data, by=request.user, report=report)
    if form.is_valid():
        try:
            done = triage.decide(report, by=request.user, **form.cleaned_data)
        except MoveRefused as error:
            refusal, decided = str(error), triage.of(report)
        else:
            _told(request, done)
            return redirect(f"admin:{queue.HERE}")
    return _page(request, report, decided, form, refusal)


def _find(pk):
    page = "edition__page"
    rows = Report.objects.select_related(f"{page}__condition", f"{page}__question")
    report = rows.filter(pk=frame.number(pk)).first()
    if report is None:
        raise Http404("There is no such report.")
    return report


def _told(request, done):
    messages.success(request, f"Decided: {done.get_decision_display().lower()}.")
    if done.report.address:
        _send(request, done)


def _send(request, decided):
    level, said = CAME_OF_IT[triage.answer_reader(decided)]
    messages.add_message(request, level, said)


def _page(request, report, decided, form, refusal):
    request.current_app = admin.site.name
    summary = triage.summary_of(report)
    context = {
        **admin.site.each_context(request),
        "title": "A reader’s report",
        "subtitle": None,
        "report": report,
        "asked": queue.asked(report),
        "page": report.edition.page,
        "summary": summary,
        "decided": decided,
        "form": form,
        "refusal": refusal,
    }
    return TemplateResponse(request, "editorial/readers/report.html", context)
