"""Sends what is queued, each mail once however many workers there are.

By django-post-office, which tries a mail again for a day. One process sends at a time:
the library's own lock is a file that it takes for held when another process has the
number of the one that died, and that a second machine does not see.
"""

from collections.abc import Iterator
from datetime import timedelta

from post_office import mail as post_office
from post_office.models import Email

from editorial import clock, locks

# Any number, as long as no other part of the database takes it for a lock.
LOCK = 5321_2008
A_ROUND = 100  # mails: what else the worker has to do waits for no more
KEPT = timedelta(days=365)


def send() -> Iterator[str]:
    """Send what waits; say how many went out. One that fails ends the round.

    A server that is away holds up the rest of the round by one try, and one address
    that is refused holds up the other mails until the next round.
    """
    with locks.alone(LOCK) as alone:
        sent = 0
        while alone and sent < A_ROUND:
            gone, failed, again = post_office.send_queued(processes=1)
            sent += gone
            if failed or again or not gone:
                break
    if sent:
        yield f"sent {sent} mail{'s' * (sent > 1)}"


def forget() -> list[str]:
    """Delete what is known of the mails of more than a year ago; say how many."""
    old = Email.objects.filter(created__lt=clock.now() - KEPT)
    _, counts = old.delete()
    count = counts.get("post_office.Email", 0)
    return [f"forgot {count} mails"] if count else []
