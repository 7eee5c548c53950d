"""The small form of each verb: only what the verb itself asks for.

Reads and cleans what was typed; whether the move is allowed is the verb's to say.
"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from conditions import markup
from conditions.composition import line_feeds
from editorial import clock, limits
from editorial.models import Summary, User
from editorial.roles import roles_of
from editorial.sending_back import Reason
from editorial.states import Role

FARTHEST = timedelta(days=5 * 366)  # a date beyond it is a slip of the hand
OLDEST = date(1950, 1, 1)


class Words(forms.CharField):
    """Typed words with one kind of line end and no character that nobody sees."""

    default_error_messages = {
        "max_length": "Shorten it to %(limit_value)d characters; it has %(show_value)d."
    }

    def __init__(self, label: str, *, rows: int = 3, **options: Any) -> None:
        options = {"max_length": limits.REASON, "required": False, **options}
        area = forms.Textarea({"rows": rows})
        super().__init__(label=label, widget=area, **options)
        # A browser would cut a pasted text short without a word.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        return line_feeds(str(super().to_python(value) or ""))

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            markup.check_visible(value)
        except markup.MarkupError as error:
            raise ValidationError(str(error)) from error


class Day(forms.DateField):
    """A date from the browser's own picker."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": "Write the date as 2026-11-20."}

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label=label, **options)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value < OLDEST:
            raise ValidationError(f"The year {value.year} cannot be meant.")


def from_today(day: forms.Field) -> None:
    """Let the browser's own picker begin today."""
    day.widget.attrs["min"] = clock.today().isoformat()


class MoveForm(forms.Form):
    """A verb's form; its fields are the verb's own keywords."""

    def __init__(
        self, data: Any = None, *, summary: Summary, user: User, **options: Any
    ) -> None:
        super().__init__(data, label_suffix="", **options)
        self.ask(summary, user)

    def ask(self, summary: Summary, user: User) -> None:
        """Fit the fields to the summary and to who is asked."""

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """What is typed beside the reasons for findings, which few verbs ask for."""
        return self.visible_fields()


class OptionalReason(MoveForm):
    reason = Words("Reason, if there is something to say", help_text="For colleagues.")


class SetAside(MoveForm):
    reason = Words("Why is it set aside?")


class Recall(MoveForm):
    reason = Words("Why is it taken back?")


class Submission(MoveForm):
    wanted_by = Day(
        "Review wanted by, if there is a day",
        required=False,
        help_text="The reviewers see it, and your colleagues.",
    )
    reason = OptionalReason.base_fields["reason"]

    def ask(self, summary: Summary, user: User) -> None:
        from_today(self.fields["wanted_by"])


class RequestChanges(MoveForm):
    reasons = forms.MultipleChoiceField(
        label="Why? One or more",
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the reasons in the list."},
    )
    note = Words("What must change?", rows=6, help_text="The writers read this.")


class Withdraw(MoveForm):
    reason = Words("Why, for the record", help_text="Only colleagues read this.")
    # Ready to send: a page that may harm is not kept waiting for a sentence.
    note = Words(
        "Note to readers",
        help_text="They read this instead of the page. Say more where you can.",
        initial="We have taken this page away while we check what it says.",
    )


class Reinstate(MoveForm):
    reason = Words("Why, for the record", help_text="Only colleagues read this.")
    note = Words("Note to readers, if there is something to say")


class Recheck(MoveForm):
    evidence_searched_on = Day(
        "Evidence searched to",
        required=False,
        help_text="Only when a new search was made; else leave it as it is.",
    )
    reason = OptionalReason.base_fields["reason"]

    def ask(self, summary: Summary, user: User) -> None:
        day = self.fields["evidence_searched_on"]
        day.widget.attrs["max"] = clock.today().isoformat()


class People(forms.ModelChoiceField):
    """Medical reviewers by the name that readers know."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.printed_name)


class Assign(MoveForm):
    reviewer = People(
        User.objects.none(),
        label="Reviewer",
        required=False,
        empty_label="Nobody: whoever is free",
        error_messages={"invalid_choice": "Choose one of the reviewers in the list."},
    )
    wanted_by = Day("Review wanted by, if there is a day", required=False)

    def ask(self, summary: Summary, user: User) -> None:
        """An editor may name anybody; a reviewer claims it or gives it back."""
        people = User.objects.filter(
            groups__name=Role.MEDICAL_REVIEWER.value, is_active=True, is_superuser=False
        )
        chosen = summary.assigned_reviewer_id
        if Role.EDITOR not in roles_of(user):
            people = people.filter(pk=user.pk)
            chosen = None if chosen else user.pk
            del self.fields["wanted_by"]
        else:
            self.initial["wanted_by"] = summary.review_wanted_by
        self.fields["reviewer"].queryset = people.order_by("last_name", "username")
        self.initial["reviewer"] = chosen


class Schedule(MoveForm):
    at = forms.DateTimeField(
        label="Publish not before",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Write the time as 2026-11-20T14:00."},
    )

    def ask(self, summary: Summary, user: User) -> None:
        zone = timezone.get_current_timezone_name()
        self.fields["at"].help_text = (
            f"In the site’s own time, {zone}. Leave it empty to publish with the "
            "last signature."
        )
        self.initial["at"] = summary.publish_not_before

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        if at and not OLDEST.year < at.year <= (clock.now() + FARTHEST).year:
            raise ValidationError("Choose a time within the next five years.")
        return at
