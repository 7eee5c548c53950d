"""What a check finds: how grave it is, where it stands, and what to do about it."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.text import Truncator

from conditions import content


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
    """A mark, under the code of its check, with the words that it stands on.

    `passage` is the sentence around them, or the whole field where no words are marked;
    only of a finding that needs a reason.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    words: str
    passage: str = ""

    @property
    def key(self) -> str:
        """What a reason for it is kept under, wherever its passage moves to."""
        return key(self.code, self.words, self.passage)

    @property
    def at(self) -> str:
        """Where it stands: its words as a quote, else what its field is called."""
        if not self.words:
            return "" if self.place == WHOLE else self.place.label
        return f"{self.place.label}, “{Truncator(self.words).chars(60)}”"

    @property
    def said(self) -> str:
        """Where it stands and what to do, as sentences for a refusal."""
        return f"{self.at}: {self.message}" if self.at else self.message

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


def key(code: str, words: str, passage: str) -> str:
    """Return 16 digits that stand for a check, the words at fault and their passage."""
    return content.sha256("\0".join((code, words, passage)))[:16]
