"""Beginning a summary: a condition and a question are chosen, once."""

from django import forms
from django.contrib import admin
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from conditions.models import LANGUAGE, Condition, Question
from editorial import writing
from editorial.desk import frame, twice
from editorial.models import Summary
from editorial.rules import MoveRefused


class StartForm(forms.Form):
    condition = forms.ModelChoiceField(
        Condition.objects.all(), empty_label="Choose a condition"
    )
    question = forms.ModelChoiceField(
        Question.objects.all(), empty_label="Choose a question"
    )


def start(request):
    """GET asks which answer to begin; POST begins it and opens the writing form."""
    if request.method != "POST":
        chosen = {name: request.GET.get(name) for name in StartForm.base_fields}
        return _page(request, StartForm(label_suffix="", initial=chosen))
    form = StartForm(request.POST, label_suffix="")
    if form.is_valid() and (summary := _started(request, form)):
        twice.say(request, "Started. Now write the answer.")
        return redirect(frame.address("change", summary))
    return _page(request, form)


def _started(request, form):
    """Return the summary begun, now or by the press before; None if refused."""
    try:
        return writing.start(**form.cleaned_data, by=request.user)
    except MoveRefused as error:
        there = Summary.objects.filter(**form.cleaned_data, language=LANGUAGE).first()
        if there and twice.started(there, by=request.user):
            return there
        form.add_error(None, str(error))


def _page(request, form):
    context = {
        **admin.site.each_context(request),
        "title": "Start a summary",
        "form": form,
        "there": _there(form),
        "nothing_to_choose": not (
            Condition.objects.exists() and Question.objects.exists()
        ),
    }
    return TemplateResponse(request, "editorial/summary/start.html", context)


def _there(form):
    """Return the summary that stands already for what was chosen, or None."""
    chosen = getattr(form, "cleaned_data", {})
    if not form.errors or len(chosen) < 2:
        return None
    return Summary.objects.filter(**chosen, language=LANGUAGE).first()
