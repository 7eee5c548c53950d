"""Which live editions are not as they were signed: looked for a part at a time.

A page is verified whenever somebody reads it; this tells editors of those that nobody
has read since. The only writer of AlteredEdition, and the worker alone lets it look:
to read all of a large site takes too long for whoever opens the desk.
"""

from django.db import transaction
from django.db.models import F, QuerySet

from conditions import content
from conditions.models import Edition
from conditions.reading import Copy
from editorial import clock, rounds
from editorial.models import AlteredEdition

JOB = "soundness"
A_ROUND = 2_000  # editions: what else the worker has to do waits for no more


def look() -> list[str]:
    """Read the next live editions and note which were altered; return a line of each.

    After the last it begins again. Two workers who read the same find the same.
    """
    after = rounds.position(JOB)
    rows = _live().filter(pk__gt=after).order_by("pk")[:A_ROUND]
    read, last, found = 0, after, []
    for edition in rows.iterator():
        read, last = read + 1, edition.pk
        if not _is_sound(edition):
            found.append(edition)
    with transaction.atomic():
        rounds.came_to(rounds.held(JOB), last if read == A_ROUND else 0)
        known = AlteredEdition.objects.filter(edition__gt=after, edition__lte=last)
        known.exclude(edition__in=[edition.pk for edition in found]).delete()
        return [line for edition in found if (line := _note(edition))]


def altered() -> QuerySet[Edition]:
    """Return the live editions that were found to be altered."""
    return _live().filter(pk__in=AlteredEdition.objects.values("edition"))


def _note(edition: Edition) -> str:
    """Note an altered edition; return a line of it the first time."""
    values = {"found_at": clock.now()}
    _, is_new = AlteredEdition.objects.get_or_create(values, edition=edition.pk)
    if not is_new:
        return ""
    at = edition.page.address
    return f"{at}: edition {edition.number} is not as it was signed"


def _live() -> QuerySet[Edition]:
    rows = Edition.objects.filter(pk=F("page__live_edition"))
    return rows.select_related("page__condition", "page__question")


def _is_sound(edition: Edition) -> bool:
    try:
        return bool(Copy.of(edition).at(edition.page.address))
    except content.Altered:
        return False
