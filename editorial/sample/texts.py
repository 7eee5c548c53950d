"""Reads the demonstration's texts, and puts what they name into the catalogue."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from conditions.models import Condition, Question, Source
from editorial import catalogue, importing
from editorial.importing import entries
from editorial.importing.draft import Draft, Given, Named
from editorial.models import User
from editorial.writing import Text

FOLDER = Path(__file__).parent

Found = TypeVar("Found", Condition, Question, Source)


@dataclass(frozen=True)
class Sheet:
    """One file, as an import reads it."""

    draft: Draft

    @property
    def text(self) -> Text:
        """What a writer types of it."""
        return Text(**self.draft.text)

    @property
    def subject(self) -> Named:
        assert isinstance(self.draft.subject, Named)  # as in every .md file
        return self.draft.subject

    def enter(self, *, by: User) -> tuple[Condition, Question]:
        """Enter its sources, condition and question; return the last two.

        Apart from an import, because here the text has one author and its entries
        have another: whoever enters a source may not sign a text that cites it.
        """
        for given in self.draft.sources:
            _enter(Source, given, by)
        return (
            _enter(Condition, self.subject.condition, by),
            _enter(Question, self.subject.question, by),
        )


def _enter(model: type[Found], given: Given, by: User) -> Found:
    entry = entries.find(model, given)
    catalogue.save(entry, by=by)
    return entry


@cache
def read(name: str) -> Sheet:
    """Return the file of that name, which is given without its ending."""
    return Sheet(importing.read(FOLDER / f"{name}.md"))


def names() -> list[str]:
    """Return the name of every file, without its ending."""
    return sorted(path.stem for path in FOLDER.glob("*.md"))
