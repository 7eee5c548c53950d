"""The forms about people: who is invited, what an account says, who signs as whom.

None of them has a password, a superuser's flag or a permission in it.
"""

from django import forms
from django.utils.text import capfirst

from conditions.models import Reviewer
from editorial.models import ReviewerAccount
from editorial.states import Role


class Roles(forms.TypedMultipleChoiceField):
    """Roles as check boxes; the value is a list of Role."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=[(role.value, capfirst(role.label)) for role in Role],
            coerce=Role,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class PersonForm(forms.Form):
    """What a superuser changes of an account; roles only of other people's."""

    first_name = forms.CharField(
        max_length=150, error_messages={"required": "Type their first name."}
    )
    last_name = forms.CharField(max_length=150, required=False)
    email = forms.EmailField(
        label="Mail address",
        max_length=254,
        error_messages={"required": "Type their mail address."},
        help_text="Where a password reset goes; the old address is told of a change.",
    )
    roles = Roles(
        required=False,
        help_text="Whoever holds several still signs no text that they wrote.",
    )

    def __init__(self, *args, keep_roles=False, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        if keep_roles:
            del self.fields["roles"]


class InviteForm(PersonForm):
    username = forms.CharField(
        max_length=150,
        error_messages={"required": "Choose a username for them."},
        help_text="For the login. It is not changed later.",
    )
    roles = Roles(error_messages={"required": "Choose at least one role."})
    field_order = ("first_name", "last_name", "email", "username", "roles")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "The invitation goes there."


class PairForm(forms.Form):
    reviewer = forms.ModelChoiceField(
        Reviewer.objects.none(),
        label="Signs as",
        empty_label="Choose a byline",
        error_messages={"invalid_choice": "Choose a byline of the list."},
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        others = ReviewerAccount.objects.exclude(user=person)
        free = Reviewer.objects.exclude(pk__in=others.values("reviewer"))
        self.fields["reviewer"].queryset = free


class VerifyForm(forms.Form):
    """`byline` is the one that the verifier looked at."""

    byline = forms.IntegerField(widget=forms.HiddenInput, max_value=2**31)
    expires_on = forms.DateField(
        label="Valid until",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="The day on which it is to be looked at again.",
        error_messages={"required": "Say until which day it holds."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
