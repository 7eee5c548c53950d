"""What a check finds: how grave it is, where it stands, and what to do about it."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Severity(TextChoices):
    """What a finding does to a text, the gravest first."""

    BLOCKS = "blocks", "Blocks"
    REASON = "reason", "Blocks unless a reason is written"
    WARNS = "warns", "Warns"
    OFF = "off", "Off"


@dataclass(frozen=True)
class Place:
    """Letters of one field in its stored form, from `start` up to `end`.

    A fault of a whole field, such as its reading grade, stands at no letter: `start`
    and `end` are then 0.
    """

    field: str  # short_answer, body, or text for what concerns all of it
    start: int = 0
    end: int = 0

    @property
    def label(self) -> str:
        """What the field is called on a screen."""
        return self.field.replace("_", " ").capitalize()


WHOLE = Place("text")


@dataclass(frozen=True)
class Mark:
    """What a check says of a place: one sentence that tells what to do.

    `severity` is for a check with two, such as more findings than may be; else the
    rule's own counts.
    """

    place: Place
    message: str
    severity: Severity | None = None


@dataclass(frozen=True)
class Finding:
    """A mark, under the code of its check, with the words that it stands on."""

    code: str
    severity: Severity
    message: str
    place: Place
    words: str

    def as_json(self) -> dict[str, str | int]:
        """Return the finding in plain values, as reports and scripts take it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "field": self.place.field,
            "start": self.place.start,
            "end": self.place.end,
            "words": self.words,
        }
