"""Which texts that lost a save conflict wait to be merged, and what settled the others.

Reads only; the reason of a revision says which kept text it merged or left out.
"""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from editorial.models import LostText, Summary

MERGED = "Merged the kept text no. {}."
LEFT_OUT = "Left out the kept text no. {}."


def kept_texts(summary: Summary) -> list[LostText]:
    """Return the texts that lost a save conflict and wait to be merged."""
    texts = with_settlement(summary.lost_texts.select_related("by"))
    return list(texts.filter(settled_in=None).order_by("-pk"))


def with_settlement(texts: QuerySet[LostText]) -> Any:
    """Add `settled_in` to kept texts: the revision that settled each; None: it waits.

    Its reason says that it merged the text or left it out; or it has all that was
    typed, and is no older than the revision that it was typed against.
    """
    said = Q()
    for sentence in (MERGED, LEFT_OUT):
        before, after = map(Value, sentence.split("{}"))
        number = Cast(OuterRef("pk"), TextField())
        whole = Concat(before, number, after, output_field=TextField())
        said |= Q(history_change_reason__contains=whole)
    names = ("short_answer", "body", "drafting", "drafting_note")
    same = Q(**{name: OuterRef(name) for name in names}) & Q(
        searched=day(OuterRef("evidence_searched_on")),
        revision__gte=OuterRef("against_revision"),
    )
    rows = Summary.history.model.objects.filter(id=OuterRef("summary_id"))
    # Only who may write settles a text: a note of any other move has no say in it.
    settling = (said & Q(move="revise")) | same
    found = rows.alias(searched=day("evidence_searched_on")).filter(settling)
    first = found.order_by("revision").values("revision")[:1]
    return texts.annotate(settled_in=Subquery(first))


def day(name: Any) -> Coalesce:
    """Return a date that equals another where both are unknown."""
    return Coalesce(name, Value(date.min))


def merging(text: LostText, reason: str) -> str:
    """Return the reason of a revision that merges a kept text."""
    return " ".join(filter(None, (MERGED.format(text.pk), reason)))


def leaving_out(text: LostText, reason: str) -> str:
    """Return the reason of a revision that says that a kept text is not needed."""
    return f"{LEFT_OUT.format(text.pk)} {reason}"
