"""A kept text beside the text that stands, with what was chosen of the two so far.

Reads only; what the choices make is for the writing form to save.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import date_format

from editorial import history, merging
from editorial.models import Drafting, LostText, Summary

TEXTS = ("short_answer", "body")


def _day(value):
    return date_format(date.fromisoformat(value), "j F Y") if value else "Not said"


def _drafting(value):
    return dict(Drafting.choices).get(value, value)


def _note(value):
    return value or "Empty"


# The fields beside the two texts: how each is called, and how its values are read.
FIELDS = {
    "evidence_searched_on": ("Evidence searched to", _day),
    "drafting": ("How it was drafted", _drafting),
    "drafting_note": ("Note on the drafting", _note),
}


@dataclass(frozen=True)
class Merge:
    """What differs between two texts that grew out of one, and the choices made."""

    summary: Summary
    lost: LostText
    choices: dict

    @cached_property
    def base(self):
        """The revision that both began with, or None where that is not known."""
        return history.revision(self.summary, self.lost.against_revision)

    @cached_property
    def short_answer(self):
        return merging.of_short_answer(*self.in_each("short_answer"))

    @cached_property
    def body(self):
        return merging.of_body(*self.in_each("body"))

    @cached_property
    def fields(self):
        return [merging.of_field(name, *self.in_each(name)) for name in FIELDS]

    @cached_property
    def differing(self):
        every = (*self.short_answer, *self.body, *self.fields)
        return [one for one in every if one.differs]

    def in_each(self, name):
        """Return a field's words in the base, the text that stands and the kept one."""
        return [
            row and _plain(row, name) for row in (self.base, self.summary, self.lost)
        ]

    @property
    def beside(self):
        """What was typed beside the kept text, each under its label."""
        for one in self.fields:
            label, words = FIELDS[one.key]
            yield label, words(one.kept)

    def typed(self):
        """Return the text that the choices make, as the writing form takes it."""
        made = {
            one.key: "".join(one.taken(one.chosen(self.choices))) for one in self.fields
        }
        for name in TEXTS:
            words = merging.merged(getattr(self, name), self.choices)
            stands = _plain(self.summary, name)
            # Blank lines alone are no change.
            made[name] = stands if words == merging.normalised(stands) else words
        return made

    def changes_nothing(self):
        """Say whether the choices make the very text that stands."""
        made = self.typed()
        return all(made[name] == _plain(self.summary, name) for name in made)


def _plain(row, name):
    return str(getattr(row, name) or "")
