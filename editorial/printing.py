"""What the worker does for the press: prints what waits, notes what was altered.

The only room that takes a noted alteration off a printed row: once the log has it.
"""

from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from conditions import press
from conditions.imprint import is_current, is_ready
from conditions.models import Printed
from editorial import locks, log

A_ROUND = 300  # answers: what else the worker has to do waits for no more
NAMED = 20  # addresses in one entry of the log
ALTERED = "print_altered"


def print_waiting() -> Iterator[str]:
    """Print what Django answers for now, up to a round's share; say how many.

    Nothing before the static files are collected, which every answer names. Nothing
    either by a worker that was started before the code or a template was changed: the
    servers would not send it.
    """
    if not is_ready():
        return
    if not is_current():
        yield "prints nothing: the code was changed since it began. Restart the worker"
        return
    count = sum(1 for _ in islice(press.print_waiting(), A_ROUND))
    if count:
        yield f"printed {_answers(count)}"


def at_start() -> Iterator[str]:
    """Say how much other code or settings printed, to whoever starts a server."""
    if count := press.count_of_others():
        yield (
            f"Printed by other code or settings: {_answers(count)}. Django answers in"
            " that place, until the worker or `reprint` has printed anew."
        )


def note_altered() -> Iterator[str]:
    """Enter in the log which printed rows were not as printed, and were printed anew.

    One entry for all: a key that was changed without its overlap voids every row.
    """
    with transaction.atomic():
        rows = locks.held(Printed.objects.exclude(altered_at=None))
        if not rows:
            return
        addresses = [row.address for row in rows]
        log.enter(ALTERED, by=None, count=len(rows), addresses=addresses[:NAMED])
        Printed.objects.filter(pk__in=addresses).update(altered_at=None)
    yield f"altered where it was stored, and named in the log: {_answers(len(rows))}"


def _answers(count: int) -> str:
    return f"{count} answer{'s' * (count > 1)}"
