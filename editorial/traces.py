"""What is kept of a summary's course: asks for it, for the timeline. Reads only."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from conditions.models import Publication
from conditions.often import Given, Often
from editorial import settling
from editorial.manuscript import GIVEN
from editorial.models import (
    LostText,
    RefusedSigning,
    SignOff,
    Summary,
    User,
    WrittenReason,
)


class Revision(NamedTuple):
    """A revision without its text, and with its people: what a timeline tells of it."""

    pk: int
    revision: int
    move: str
    wrote_text: bool
    history_date: datetime
    history_change_reason: str | None
    publish_not_before: datetime | None
    history_user_id: int
    assigned_reviewer_id: int | None
    history_user: User
    assigned_reviewer: User | None


COLUMNS = Revision._fields[:-2]


def revisions(summary: Summary) -> list[Revision]:
    """Return every revision: a text of years has hundreds, of the same few people."""
    found = list(summary.history.order_by("revision").values_list(*COLUMNS))
    people = User.objects.in_bulk({pk for *_, by, to in found for pk in (by, to)})
    return [
        Revision._make((*row, people[row[-2]], people.get(row[-1]))) for row in found
    ]


@Often
def signatures() -> QuerySet[SignOff]:
    """Each with the number of the revision that was read, whose text nobody needs."""
    rows = SignOff.objects.filter(summary=Given("summary")).order_by("pk")
    read = F("revision_read__revision")
    return rows.select_related("signer").annotate(read=read)


@Often
def publications() -> QuerySet[Publication]:
    of = {f"page__{name}": given for name, given in GIVEN.items()}
    rows = Publication.objects.filter(**of).select_related("edition")
    return rows.defer("edition__content", "edition__record").order_by("number")


@Often
def refusals() -> QuerySet[RefusedSigning]:
    rows = RefusedSigning.objects.filter(summary=Given("summary"))
    return rows.select_related("by")


@Often
def kept_texts() -> Any:
    rows = LostText.objects.filter(summary=Given("summary")).select_related("by")
    return settling.with_settlement(rows)


@Often
def reasons() -> QuerySet[WrittenReason]:
    rows = WrittenReason.objects.filter(summary=Given("summary"))
    return rows.select_related("by")
