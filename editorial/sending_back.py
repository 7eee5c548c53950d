"""Why a text is sent back: the short list, and where what was chosen is read again.

Chosen reasons stand as facts in the move’s own entry of the log, which nobody alters.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet, TextChoices

from conditions import content
from conditions.often import Given, Often
from editorial import kept_rows
from editorial.models import LogEntry, Summary

ACT = "request_changes"
Revisions = Summary.history.model


class Reason(TextChoices):
    EVIDENCE_MISSING = "evidence_missing", "Evidence missing"
    OUTDATED = "outdated", "Outdated"
    WRONG = "wrong", "Wrong"
    UNCLEAR = "unclear", "Unclear"
    HARMFUL = "harmful", "Harmful if misread"
    OTHER = "other", "Other"


def chosen(reasons: Collection[str]) -> list[str]:
    """Return the reasons of the list that are among these, in the order of the list."""
    return [reason.value for reason in Reason if reason in reasons]


def given(summary: Summary) -> dict[int, list[str]]:
    """Return in words why each move sent a text back, by the key of its revision."""
    return {
        int(one["row"].rpartition(":")[2]): [
            Reason(reason).label for reason in _chosen(content.parse(one["entry"]))
        ]
        for one in _given(about=f"summary:{summary.pk}")
    }


@Often
def _given() -> QuerySet[LogEntry, Any]:
    entries = LogEntry.objects.filter(about=Given("about"), act=ACT)
    return entries.values("row", "entry")


def of(revision: Any) -> list[str]:
    """Return in words why one revision sent the text back."""
    return [Reason(reason).label for reason in said(revision)]


def said(revision: Any) -> list[str]:
    """Return the reasons that were chosen with one revision."""
    name = kept_rows.name(Revisions, revision.pk)
    entry = LogEntry.objects.get(row=name)
    return _chosen(content.parse(entry.entry))


def _chosen(entry: Mapping[str, Any]) -> list[str]:
    """None, where the move is older than the list."""
    return chosen(entry["facts"].get("reasons", []))
