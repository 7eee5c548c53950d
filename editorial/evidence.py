"""All that shows how one page came to be, in one file that anybody can check offline.

Reads only. Holds every edition, change, signature, publication and entry of the log
about the page; of drafts, kept texts and comments the hashes alone, since nobody
signed those.
"""

import json
from collections.abc import Iterator
from difflib import unified_diff
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import models
from django.db.models import Q

from conditions import content, proofs
from conditions.models import Edition, Page, Publication
from editorial import kept_rows, log
from editorial.models import LogEntry, SignOff, Summary

Rows = dict[str, dict[str, Any]]

README = """\
The evidence of {address}

verify.py     checks all of it without a network: python3 verify.py THIS-FILE.zip
head.json     the root of the log when this file was made, and its number of entries
log.jsonl     each entry of the log about this page, its path to that root and, for
              signatures, editions and publications, the row that it vouches for
editions/     each edition: the words and the record as they were signed, and its proof
changes/      what each edition changed in the words of the one before

The log is a Merkle tree as in RFC 6962. Compare the root with one that was kept
elsewhere, such as the one that `manage.py verify --head FILE` writes.
"""


def write(page: Page, file: Any) -> None:
    """Write the evidence of a page as a zip file; the same log gives the same bytes.

    Raises content.Altered for an edition whose proof is gone.
    """
    # Editions first and the log's size last: what comes in between is left out whole.
    editions = list(page.editions.select_related("proof").order_by("number"))
    rows = _rows(page, editions)
    tree = log.Tree(log.size())
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, text in _files(page, editions, rows, tree):
            archive.writestr(ZipInfo(name), text, ZIP_DEFLATED)


def _files(
    page: Page, editions: list[Edition], rows: Rows, tree: log.Tree
) -> Iterator[tuple[str, str]]:
    yield "README.txt", README.format(address=page.address)
    yield "verify.py", proofs.SCRIPT.read_text("utf-8")
    yield "head.json", _json({"size": tree.size, "root": tree.root()})
    yield "log.jsonl", "\n".join(_json(line) for line in _entries(page, rows, tree))
    before: list[str] | None = None
    for edition in editions:
        proof = getattr(edition, "proof", None)
        known, words = proofs.compose(page.address, edition, proof), _words(edition)
        known["consistency"] = tree.consistency(known["log"]["size"])
        yield f"editions/{edition.number}.json", _json(known)
        if before is not None:
            diff = unified_diff(before, words, lineterm="")
            yield f"changes/{edition.number}.diff", "\n".join(diff)
        before = words


def _entries(page: Page, rows: Rows, tree: log.Tree) -> Iterator[dict[str, Any]]:
    about = Q(about=f"summary:{_summary(page).pk}") | Q(row__in=rows)
    for entry in LogEntry.objects.filter(about, number__lte=tree.size):
        row = rows.get(entry.row or "")
        names_a_root = bool(row and row.get("root") and entry.number > 1)
        yield {
            "entry": entry.entry,
            "path": tree.inclusion(entry.number),
            "row": kept_rows.text(row) if row else None,
            "before": tree.consistency(entry.number - 1) if names_a_root else [],
        }


def _rows(page: Page, editions: list[Edition]) -> Rows:
    """Return the rows that readers may see whole, by their names in the log."""
    kept: tuple[models.QuerySet[Any], ...] = (
        SignOff.objects.filter(summary=_summary(page)),
        Edition.objects.filter(pk__in=[edition.pk for edition in editions]),
        Publication.objects.filter(page=page),
    )
    return {
        kept_rows.name(rows.model, values["id"]): values
        for rows in kept
        for values in rows.order_by("pk").values()
    }


def _summary(page: Page) -> Summary:
    return Summary.objects.get(
        condition=page.condition_id, question=page.question_id, language=page.language
    )


def _words(edition: Edition) -> list[str]:
    words = content.parse(edition.content)
    return [*words["short_answer"].split("\n"), *words["body"].split("\n")]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
