"""The rows that are written once: each in one entry of the log, with its hash."""

from collections.abc import Iterator

from django.db import models

from conditions.models import Proof
from editorial import guards, kept_rows
from editorial.models import LogEntry
from editorial.verifying.entries import Log
from editorial.verifying.found import Found
from editorial.verifying.reading import Reader, Values

# What an entry is about itself, or what proves one: no entry holds their hash.
OF_THE_LOG = (LogEntry, Proof)
# How a row is told from others of its table, the first that it has.
TOLD = (
    ("comment_id", "act {number} on comment {comment_id}"),
    ("revision", "revision {revision} of summary {id}"),
    ("history_id", "of the entry with key {id}, by user {history_user_id}"),
    ("edition_number", "for edition {edition_number} of summary {summary_id}"),
    ("against_revision", "of summary {summary_id}, typed against {against_revision}"),
    ("kind", "act {number} of page {page_id}"),
    ("report_id", "of the reader’s report {report_id}"),
    ("page_id", "edition {number} of page {page_id}"),
    ("summary_id", "of summary {summary_id}"),
)


def kept() -> list[type[models.Model]]:
    """Return the models whose rows the log vouches for."""
    return [model for model in guards.kept_models() if model not in OF_THE_LOG]


def what(values: Values) -> str:
    """Return which summary, page or entry a row belongs to."""
    return next((told.format(**values) for name, told in TOLD if name in values), "")


class Ledger:
    """The kept rows against the log; every table is read once, by whom it concerns."""

    def __init__(self, reader: Reader, found: Found, log: Log) -> None:
        self._reader, self.found, self.log = reader, found, log
        self._waiting, self._unread = dict(log.rows), kept()

    def read(
        self, model: type[models.Model], *order: str
    ) -> Iterator[tuple[str, int, Values]]:
        """Yield name, number of the entry and columns of every row of a table."""
        self._unread.remove(model)
        key = model._meta.pk.attname
        for values in self._reader.rows(model, *order):
            name = kept_rows.name(model, values[key])
            place, sha256 = self._waiting.pop(name, (0, ""))
            if not place:
                self.found.add("row_added", name, what=what(values))
            elif kept_rows.sha256(values) != sha256:
                self.found.add("row_altered", name, what=what(values), place=place)
            yield name, place, values

    def live(self, model: type[models.Model]) -> Iterator[tuple[str, Values]]:
        """Yield name and columns of every row of a table that the log does not hold."""
        key = model._meta.pk.attname
        for values in self._reader.rows(model, key):
            yield kept_rows.name(model, values[key]), values

    def close(self) -> None:
        """Read the tables that concern nobody else, and name the rows that are gone."""
        for model in tuple(self._unread):
            for _ in self.read(model, model._meta.pk.attname):
                pass
        for name, (place, _) in self._waiting.items():
            entry = LogEntry.objects.filter(number=place).values_list("act", "about")
            self.found.add(
                "row_gone", name, place=place, what=" of ".join(filter(None, entry[0]))
            )
