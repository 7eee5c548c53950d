"""What a writer types, as a form; it becomes the Text that the verbs take."""

from django import forms

from editorial import limits
from editorial.models import Drafting
from editorial.writing import Text


class TextForm(forms.Form):
    """What a writer types. State, dates and numbers have no field here, on purpose."""

    short_answer = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4, "class": "text"}),
        help_text="Two or three sentences; emphasis only. Cite what it states below. "
        f"Up to {limits.SHORT_ANSWER:,} characters.",
    )
    body = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 18, "class": "text"}),
        help_text=f"Up to {limits.BODY:,} characters.",
    )
    evidence_searched_on = forms.DateField(
        label="Evidence searched to",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    drafting = forms.ChoiceField(label="How it was drafted", choices=Drafting)
    drafting_note = forms.CharField(
        label="Note on the drafting",
        required=False,
        max_length=limits.DRAFTING_NOTE,
        help_text="Readers see it. Which machine, for what; or leave it empty.",
    )
    reason = forms.CharField(
        label="Reason for this change",
        required=False,
        max_length=500,
        help_text="Optional; kept in the history, for colleagues.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def text(self):
        """Return what was typed, as the verb takes it."""
        fields = {**self.cleaned_data}
        fields.pop("reason")
        return Text(**fields)


def stored(summary):
    """Return a summary's text as the form's initial values."""
    fields = {name for name in TextForm.base_fields if name != "reason"}
    return {name: getattr(summary, name) for name in fields}
