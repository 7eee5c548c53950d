"""Pages and publications: numbered acts, and a page that shows its newest one."""

from collections.abc import Iterator
from typing import Any

from conditions.models import Condition, Page, Publication, PublicationKind, Question
from editorial.models import Summary
from editorial.verifying.editions import Read
from editorial.verifying.reading import Values
from editorial.verifying.rows import Ledger, what

KEY = ("condition_id", "question_id", "language")


class Pages:
    """Every page, with its address and the summary whose text it shows."""

    def __init__(self, ledger: Ledger) -> None:
        self._found = ledger.found
        self.rows: dict[int, Values] = {v["id"]: v for _, v in ledger.live(Page)}
        names = [
            dict(m.objects.values_list("id", "slug")) for m in (Condition, Question)
        ]
        self.addresses = {
            pk: f"/conditions/{names[0].get(page['condition_id'])}"
            f"/{names[1].get(page['question_id'])}/"
            for pk, page in self.rows.items()
        }
        keys = {tuple(key): pk for pk, *key in _summaries()}
        self.summaries: dict[int, tuple[int, int]] = {
            pk: (keys[_key(page)], page["question_id"])
            for pk, page in self.rows.items()
            if _key(page) in keys
        }

    def check(self, ledger: Ledger, editions: dict[int, Read]) -> None:
        """Hold each page against its publications and its editions."""
        live = _check_publications(ledger, editions)
        signed = {edition.page: edition.address for edition in editions.values()}
        for pk in signed.keys() - self.rows.keys():
            gone = f"conditions_page:{pk}"
            self._found.add("page_gone", gone, address=signed[pk])
        for pk, page in self.rows.items():
            name = f"conditions_page:{pk} ({self.addresses[pk]})"
            if page["live_edition_id"] != live.get(pk):
                said, wanted = page["live_edition_id"], live.get(pk)
                told = {
                    "said": _told(said, editions),
                    "wanted": _told(wanted, editions),
                }
                self._found.add("live_edition", name, **told)
            if pk not in signed:
                self._found.add("page_unsigned", name)
            elif signed[pk] != self.addresses[pk]:
                self._found.add("page_address", name, wanted=signed[pk])


def _summaries() -> Iterator[Any]:
    return Summary.objects.values_list("id", *KEY).iterator()


def _key(page: Values) -> tuple[Any, ...]:
    return tuple(page[name] for name in KEY)


def _told(pk: int | None, editions: dict[int, Read]) -> str:
    if pk is None:
        return "no edition"
    return f"edition {editions[pk].number}" if pk in editions else f"one with key {pk}"


def _check_publications(
    ledger: Ledger, editions: dict[int, Read]
) -> dict[int, int | None]:
    """Check every publication; return by page the edition that must be live."""
    found, before, page, number = ledger.found, ledger.log.before, 0, 0
    live: dict[int, int | None] = {}
    for name, _, values in ledger.read(Publication, "page_id", "number"):
        told = what(values)
        if values["page_id"] != page:
            page, number = values["page_id"], 0
        if values["number"] != number + 1:
            found.add("publication_numbers", name, what=told, number=number)
        number = values["number"]
        if before.get(name, values["root"]) != values["root"]:
            found.add("publication_root", name, what=told)
        edition = editions.get(values["edition_id"])
        if not edition or edition.page != page:
            found.add("publication_edition", name, what=told)
        withdrawn = values["kind"] == PublicationKind.WITHDRAWN
        live[page] = None if withdrawn else values["edition_id"]
    return live
