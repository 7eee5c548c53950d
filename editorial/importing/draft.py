"""What a file says, before anything is looked up: the same for both kinds of file."""

from dataclasses import dataclass
from typing import Any

# How the reason of an imported revision begins; any other was typed by a person.
PREFIX = "Imported from "


class ImportProblem(ValueError):
    """Why a file is refused: one sentence, and the line (from 1) where it is known."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(f"Line {line}: {sentence}" if line else sentence)
        self.line = line


@dataclass(frozen=True)
class Given:
    """The fields that a file gives of one catalogue entry, and the line they begin at.

    A field that is not there says nothing: the catalogue keeps what it has.
    """

    fields: dict[str, Any]
    line: int


@dataclass(frozen=True)
class Named:
    """A condition and a question, each called by its slug."""

    condition: Given
    question: Given


@dataclass(frozen=True)
class Asked:
    """A question as it is asked of a condition; the catalogue must tell them apart."""

    question: str
    line: int
    short_answer: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One file's text. `text` holds only those fields of a summary that the file gives.

    `reason` goes into the revision; it opens with PREFIX and names the file.
    """

    file: str
    reason: str
    subject: Named | Asked
    text: dict[str, Any]
    sources: tuple[Given, ...] = ()
