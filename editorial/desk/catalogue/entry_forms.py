"""The form of each entry of the catalogue: what is typed, and what may not change."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from conditions import identifiers
from conditions.models import Condition, Question, Reviewer, Source
from editorial import clock
from editorial.desk.catalogue.line_fields import Genes, Identifiers, Lines

OLDEST_YEAR = 1600


def _day(**attrs):
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


def _address(**words):
    return forms.URLField(
        required=False, max_length=500, assume_scheme="https", **words
    )


def refuse(form, error):
    """Show a gate's ValidationError beside the field that it is about."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


class EntryForm(forms.ModelForm):
    """Of every entry; `address` is the field that others refer to it by."""

    address = "slug"
    fixed_because = "Fixed: signed pages have it in their address."
    past = ()
    # Each part of the form: its legend, and its fields; the wide ones have a row each.
    parts = ()
    wide = frozenset()
    reason = forms.CharField(
        label="Why (optional)",
        required=False,
        max_length=500,
        help_text="Kept in the entry’s history.",
    )

    def __init__(self, *args, fixed=False, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        if fixed:
            field = self.fields[self.address]
            # A disabled field keeps its value, whatever is posted.
            field.disabled, field.help_text = True, self.fixed_because

    def fieldsets(self):
        """Return (legend, fields) for each part; a field says whether it is wide."""
        return [
            (legend, [(self[name], name in self.wide) for name in names])
            for legend, names in self.parts
        ]

    def clean(self):
        cleaned = super().clean()
        for name in self.past:
            if (day := cleaned.get(name)) and day > clock.today():
                self.add_error(name, "This day has not come yet.")
        return cleaned


class NamedForm(EntryForm):
    """A slug that is left empty is made of the name."""

    named_by = "name"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slug = self.fields["slug"]
        slug.required = False
        slug.help_text = slug.help_text or "Left empty, it is made of the name."

    def clean_slug(self):
        if slug := self.cleaned_data["slug"]:
            return slug
        # The name comes before the slug in every form.
        slug = slugify(self.cleaned_data.get(self.named_by, ""))[:80].strip("-")
        if not slug and self.named_by in self.cleaned_data:
            raise ValidationError("Write a slug of a–z, digits and hyphens.")
        return slug


class ConditionForm(NamedForm):
    past = ("community_as_of",)
    parts = (
        ("What it is", ("name", "slug", "abbreviation", "synonyms")),
        ("Identifiers", ("identifiers", "genes")),
        (
            "Its community",
            (
                *("community_name", "community_url"),
                *("community_members", "community_as_of"),
            ),
        ),
    )
    wide = frozenset({"name", "synonyms"})
    synonyms = Lines(help_text="One a line.")
    genes = Genes(help_text="Symbols, one a line, such as GNAS.")
    community_url = _address(label="Community address")
    identifiers = Identifiers(
        help_text="One a line, typed or pasted: ORPHA:337, OMIM 135100, ICD-11 FB31.1."
    )

    class Meta:
        model = Condition
        fields = (
            *("name", "slug", "abbreviation", "synonyms", "genes", "identifiers"),
            *("community_name", "community_members", "community_as_of"),
            "community_url",
        )
        widgets = {"community_as_of": _day()}


class QuestionForm(EntryForm):
    parts = (
        ("What is asked", ("pattern", "slug", "order")),
        (
            "What its answers need",
            (
                *("review_interval_months", "signatures_required"),
                *("fewest_sources", "offers_trial_search"),
            ),
        ),
    )
    wide = frozenset({"pattern"})

    class Meta:
        model = Question
        fields = (
            *("pattern", "slug", "order", "review_interval_months"),
            *("signatures_required", "fewest_sources", "offers_trial_search"),
        )
        labels = {
            "review_interval_months": "Months until the next review",
            "fewest_sources": "Fewest sources that a text must cite",
            "offers_trial_search": "Offers a search for trials",
        }
        help_texts = {
            "slug": "A short word for addresses, such as research.",
            "order": "Small numbers come first.",
            "offers_trial_search": "For research and treatment.",
        }


class ReviewerForm(NamedForm):
    named_by = "printed_name"
    parts = (
        ("Who they are", ("printed_name", "slug", "post_nominals", "profession")),
        (
            "Where they can be looked up",
            ("affiliation", "registration_body", "registration_number", "orcid"),
        ),
        ("For readers", ("biography",)),
    )
    wide = frozenset({"printed_name", "biography"})

    class Meta:
        model = Reviewer
        fields = (
            *("printed_name", "slug", "post_nominals", "profession", "affiliation"),
            *("registration_body", "registration_number", "orcid", "biography"),
        )


class SourceForm(EntryForm):
    address = "key"
    fixed_because = "Fixed: texts cite the source by it."
    past = ("accessed_on", "retracted_on")
    parts = (
        ("What it is", ("key", "kind", "title", "authors", "container", "year")),
        ("Identifiers", ("pmid", "pmcid", "doi", "nct")),
        ("Where it can be read", ("url", "accessed_on")),
        ("Whether it still stands", ("retracted_on",)),
    )
    wide = frozenset({"title", "authors", "url"})
    url = _address(label="Address", help_text="For what has no identifier.")
    key = forms.CharField(
        max_length=1000,
        help_text="Paste a PMID, PMCID, DOI or NCT number, or the address of one; "
        "else write a word of your own such as gard-poh.",
    )

    class Meta:
        model = Source
        fields = (
            *("key", "kind", "title", "authors", "container", "year"),
            *("pmid", "pmcid", "doi", "nct", "url", "accessed_on", "retracted_on"),
        )
        widgets = {
            "accessed_on": _day(),
            "retracted_on": _day(),
            "title": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "authors": "As a citation has them: Shore EM and others.",
            "accessed_on": "For what may change, such as a web page.",
            "retracted_on": "Readers of pages that cite it are told at once.",
        }

    def clean_key(self):
        text = self.cleaned_data["key"].strip()
        if text.isdecimal():
            raise ValidationError(
                f"Whose number is {text[:20]}? Write “PMID {text[:20]}”, for example."
            )
        found = identifiers.recognise(text)
        if found and found[0] in identifiers.KEY_SCHEMES:
            try:
                return identifiers.source_key(*found)
            except identifiers.InvalidIdentifier as error:
                raise ValidationError(str(error)) from error
        return text

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year is not None and not OLDEST_YEAR <= year <= clock.today().year + 1:
            raise ValidationError("Give the year of publication in four digits.")
        return year


def shown(form):
    """Return each part as (legend, (label, words) pairs), for those who only read."""
    parts = [
        (legend, [(field.label, _words(field)) for field, _ in fields])
        for legend, fields in form.fieldsets()
    ]
    return [part for part in parts if any(words for _, words in part[1])]


def _words(field):
    value = field.value()
    choices = dict(getattr(field.field, "choices", ()))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return choices.get(value, value) or ""
