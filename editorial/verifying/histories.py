"""History: revisions without gaps, and every live row as its newest history row."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from conditions.models import Condition, Question, Reviewer, Source
from editorial import kept_rows
from editorial.models import ReviewerAccount, Summary
from editorial.verifying.reading import Values
from editorial.verifying.rows import Ledger, what

ENTRIES = (Condition, Question, Reviewer, Source, ReviewerAccount)
SAID = {
    True: "says that it changed the words, and it did not",
    False: "changed the words, and does not say so",
}
Rows = Iterator[tuple[str, int, Values]]
Seen = Callable[[Any, int, Values], None]


def check_entries(ledger: Ledger, seen: Seen) -> None:
    """Compare catalogue and credentials with their history; show that to `seen`."""
    for model in ENTRIES:

        def shown(rows: Rows, model: Any = model) -> Values:
            values: Values = {}
            for _, place, values in rows:
                seen(model, place, values)
            return values

        _compare(ledger, model, "history_id", shown)


def check_summaries(ledger: Ledger, seen: Callable[[str, int, Values], None]) -> None:
    """Check every revision of every summary, and show each to `seen`."""

    def numbered(rows: Rows) -> Values:
        values: Values = {}
        words, number = ("", ""), 0
        for name, place, values in rows:
            before, words = words, (values["short_answer"], values["body"])
            _number(ledger, name, values, number + 1)
            _wrote(ledger, name, values, words != before)
            number = values["revision"]
            seen(name, place, values)
        return values

    _compare(ledger, Summary, "revision", numbered)


def _number(ledger: Ledger, name: str, values: Values, wanted: int) -> None:
    if (number := values["revision"]) != wanted:
        told = {"what": what(values), "number": number, "wanted": wanted}
        ledger.found.add("revisions", name, **told)


def _wrote(ledger: Ledger, name: str, values: Values, differs: bool) -> None:
    if (wrote := values["wrote_text"]) is not differs:
        said = SAID[bool(wrote)]
        ledger.found.add("wrote_text", name, what=what(values), said=said)


def _compare(
    ledger: Ledger, model: Any, order: str, newest_of: Callable[[Rows], Values]
) -> None:
    """Hold each newest history row against the row that is worked with today."""
    columns = [field.attname for field in model._meta.concrete_fields]
    live = {name: _hash(values, columns) for name, values in ledger.live(model)}
    rows = ledger.read(model.history.model, "id", order)
    for pk, some in groupby(rows, key=lambda row: row[2]["id"]):
        name, newest = kept_rows.name(model, pk), newest_of(some)
        if name not in live:
            ledger.found.add("live_row_gone", name)
        elif live.pop(name) != _hash(newest, columns):
            ledger.found.add("live_row", name, why=_different(model, pk, newest))
    for name in live:
        ledger.found.add("no_history", name)


def _hash(values: Values, columns: list[str]) -> str:
    return kept_rows.sha256({column: values[column] for column in columns})


def _different(model: Any, pk: Any, newest: Values) -> str:
    row = model._base_manager.filter(pk=pk).values().get()
    return ", ".join(name for name in row if row[name] != newest[name])
