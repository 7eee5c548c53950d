"""Does what is due without anybody at the desk: publishes, prints, indexes, mails.

It also forgets readers' reports and mails when their time is over, and looks whether
live editions are as they were signed.
Several workers at once are safe, and so is stopping one at any moment.
"""

import logging
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from conditions import indexing, reports
from conditions.api import allowance
from editorial import (
    announcing,
    credentials,
    deliveries,
    printing,
    publishing,
    reminders,
    rounds,
    soundness,
)
from editorial.health import hindrances

log = logging.getLogger(__name__)

# Each returns a line for every act; one that fails does not hold the others up.
JOBS: tuple[Callable[[], Iterable[str]], ...] = (
    publishing.publish_due,
    printing.note_altered,
    printing.print_waiting,
    indexing.catch_up,
    credentials.note_lapsed,
    reports.forget,
    allowance.forget,
    announcing.tell,
    reminders.remind,
    deliveries.send,
    deliveries.forget,
    soundness.look,
)


class Command(BaseCommand):
    help = (
        "Publishes what is due, prints and indexes what readers get, mails what people "
        "are to know, notes which credentials lapsed, forgets what is old and looks "
        "whether what is live is as it was signed, again and again until it is told to "
        "stop."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=float, default=30, help="seconds between two rounds"
        )
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *, every: float, once: bool, **options: Any) -> None:
        if not 0 < every <= 24 * 3600:
            raise CommandError("--every takes seconds, from above 0 to one day.")
        if reasons := hindrances():
            raise CommandError(" ".join(reasons))
        with told_to_stop() as told:
            while True:
                if may_work():
                    self.work()
                if once or waited(told, every):
                    return
                # A connection that broke, or grew old, is opened anew.
                close_old_connections()

    def work(self) -> None:
        """Do one round, tell each act as it is done, and write down when it ended."""
        for line in one_round((*JOBS, note_end)):
            self.stdout.write(line)
            self.stdout.flush()


def note_end() -> tuple[()]:
    """Be the last job of a round: `/readyz` and the desk show when that was."""
    rounds.ended()
    return ()


def may_work() -> bool:
    """Say whether the database is ready and guarded; the log says why not."""
    reasons = hindrances()
    if reasons:
        log.error("nothing is done this round: %s", " ".join(reasons))
    return not reasons


def one_round(jobs: Iterable[Callable[[], Iterable[str]]]) -> Iterator[str]:
    """Yield a line for each act of each job; an error is logged and ends that job."""
    for job in jobs:
        try:
            yield from job()
        except Exception:
            log.exception("%s failed; the next round tries again", job.__name__)


@contextmanager
def told_to_stop() -> Iterator[SimpleQueue[int]]:
    """Yield a queue that gets an entry when the process is told to end.

    So a signal never cuts an act in two; this queue is safe to fill in a handler.
    """
    told: SimpleQueue[int] = SimpleQueue()
    before = {
        number: signal.signal(number, lambda number, frame: told.put(number))
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def waited(told: SimpleQueue[int], seconds: float) -> bool:
    """Sleep until the next round; say whether the process was told to stop."""
    try:
        told.get(timeout=seconds)
    except Empty:
        return False
    return True
