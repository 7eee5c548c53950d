"""The fields in which a reason is written for each finding of preflight that needs one.

Asks and shows; `editorial.reasons` alone writes one down.
"""

from django.utils.formats import date_format

from editorial import clock, limits, preflight
from editorial.desk.review.move_forms import Submission, Words
from editorial.dossier import Dossier

BEFORE = "reason-"  # in front of a finding's key, as the name of its field
MOST_LEFT = 10
MISSING = "Say why these words stay, or go back and change them."


class AsksReasons:
    """A form with a field for each finding that needs a reason."""

    def ask_reasons(self, known, *, anew):
        """Put the fields first; `anew`: a reason that stands may be replaced."""
        asked = preflight.needing(known.findings) if anew else known.unreasoned
        fields = {
            f"{BEFORE}{one.key}": _field(one, known.reasons.get(one.key))
            for one in asked
        }
        self.fields = {**fields, **self.fields}

    @property
    def reason_fields(self):
        return [self[name] for name in self.fields if name.startswith(BEFORE)]

    @property
    def other_fields(self):
        """What else is typed; nothing that is hidden."""
        return [f for f in self.visible_fields() if not f.name.startswith(BEFORE)]

    @property
    def reasons(self):
        """What was written, by the key of each finding."""
        return {
            name.removeprefix(BEFORE): words.strip()
            for name, words in self.cleaned_data.items()
            if name.startswith(BEFORE) and words.strip()
        }

    @property
    def left_over(self):
        """What was written for a finding that is no longer there; it is shown still."""
        names = [name for name in self.data if name.startswith(BEFORE)]
        typed = [self.data[name].strip() for name in names if name not in self.fields]
        return list(filter(None, typed))[:MOST_LEFT]


class Submit(AsksReasons, Submission):
    """What a writer says when they hand a text to the reviewers."""

    def ask(self, summary, user):
        super().ask(summary, user)
        self.ask_reasons(Dossier(summary), anew=True)

    def clean(self):
        said = super().clean()
        names = ("wanted_by", "reason")
        return {name: said.get(name) for name in names} | {"reasons": self.reasons}


def _field(finding, stands):
    told = finding.message
    if stands:
        told += f" {given(stands)} It stands: write here only to replace it."
    return Words(
        f"{finding.at or 'The text as a whole'} ({finding.code})",
        rows=2,
        max_length=limits.WRITTEN_REASON,
        required=not stands,
        help_text=told,
        error_messages={"required": MISSING},
    )


def given(row):
    """Return who wrote which reason when, as a sentence."""
    on = date_format(clock.local(row.at), "j F Y")
    return f"{row.by.printed_name} wrote on {on}: “{row.reason}”"
