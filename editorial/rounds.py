"""What the worker remembers of its rounds: when each was done, how far one came.

The only writer of Job.
"""

from datetime import datetime

from editorial import clock, locks
from editorial.models import Job

ROUND = "round"


def ended() -> None:
    """Write down that a whole round is done."""
    Job.objects.update_or_create(name=ROUND, defaults={"ran_at": clock.now()})


def last() -> datetime | None:
    """Return when the worker's last round was done; None where none ever was."""
    rows = Job.objects.filter(name=ROUND)
    return rows.values_list("ran_at", flat=True).first()


def position(name: str) -> int:
    """Return how far a job came; 0 before its first time."""
    rows = Job.objects.filter(name=name)
    return rows.values_list("position", flat=True).first() or 0


def held(name: str) -> Job:
    """Return how far a job came, held until the transaction ends."""
    Job.objects.get_or_create(name=name)
    return locks.held_one(Job, name)


def came_to(job: Job, position: int) -> None:
    """Write down how far a job came, whose row is held."""
    job.position, job.ran_at = position, clock.now()
    job.save()
