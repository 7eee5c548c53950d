"""Beginning a summary: a condition and a question are chosen, once."""

from django import forms
from django.contrib import admin
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from conditions.models import LANGUAGE, Condition, Question
from editorial import writing
from editorial.desk import frame, rows, twice
from editorial.desk.catalogue.entry import number
from editorial.models import Summary
from editorial.rules import MoveRefused


class StartForm(forms.Form):
    """`there` are the summaries of the condition chosen: their questions are marked."""

    condition = forms.ModelChoiceField(
        Condition.objects.all(),
        empty_label="Choose a condition",
        error_messages={"required": "Choose a condition."},
    )
    question = forms.ModelChoiceField(
        Question.objects.all(),
        empty_label="Choose a question",
        error_messages={"required": "Choose a question."},
    )

    def __init__(self, *args, there, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        states = {row.question_id: _state(row) for row in there}
        self.fields["question"].label_from_instance = lambda question: (
            f"{question} ({states[question.pk]})"
            if question.pk in states
            else str(question)
        )


def start(request):
    """GET asks which answer to begin; POST begins it and opens the writing form."""
    if request.method != "POST":
        chosen = {name: request.GET.get(name) for name in StartForm.base_fields}
        there = _of(chosen["condition"])
        return _page(request, StartForm(initial=chosen, there=there), there)
    there = _of(request.POST.get("condition"))
    form = StartForm(request.POST, there=there)
    if form.is_valid() and (summary := _started(request, form)):
        twice.say(request, "Started. Now write the answer.")
        return redirect(frame.address("change", summary))
    return _page(request, form, there)


def _started(request, form):
    """Return the summary begun, now or by the press before; None if refused."""
    try:
        return writing.start(**form.cleaned_data, by=request.user)
    except MoveRefused as error:
        there = Summary.objects.filter(**form.cleaned_data, language=LANGUAGE).first()
        if there and twice.started(there, by=request.user):
            return there
        form.add_error(None, str(error))


def _of(condition):
    """Return the summaries of the condition with that number, a text from a form."""
    found = Summary.objects.select_related("condition", "question")
    found = found.filter(condition=number(condition or ""), language=LANGUAGE)
    return list(found.order_by("question__order", "pk"))


def _state(summary):
    return "set aside" if summary.set_aside else summary.get_status_display().lower()


def _page(request, form, there):
    asked = number(form["question"].value() or "")
    context = {
        **admin.site.each_context(request),
        "title": "Start a summary",
        "form": form,
        "asked": next((row for row in there if row.question_id == asked), None),
        "there": [
            (row, rows.state_badge(row.status, set_aside=row.set_aside))
            for row in there
        ],
        "lacking": [
            model._meta.verbose_name
            for model in (Condition, Question)
            if not model.objects.exists()
        ],
    }
    return TemplateResponse(request, "editorial/summary/start.html", context)
