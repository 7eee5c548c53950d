"""Who is mailed of what was done: each act of the log, told to those it concerns.

Reads the log behind the acts and not within them: no act waits for a mail, none is
forgotten, and what is no longer so by then is told to nobody.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from conditions.models import Edition, Publication
from editorial import clock, mail, manuscript, open_work, roles, rounds, rules
from editorial.models import Kind, LogEntry, SignOff, Summary, User
from editorial.states import HAND_OVER, INTO_REVIEW, Role, Status

log = logging.getLogger(__name__)

JOB = "announcing"
A_STEP = 20  # entries of the log in one transaction
# Of what was done before that nobody is mailed: the desk's home tells it.
FRESH = timedelta(days=3)


@dataclass(frozen=True)
class Notice:
    """What is told of one act, to whom, and the screen that its mail leads to."""

    kind: Kind
    people: Iterable[User]
    screen: str = "review"


def tell() -> Iterator[str]:
    """Queue a mail for each whom an act since the last round concerns.

    One transaction a step, which holds how far the job came: two workers tell in turn,
    and one that dies has told of a step or of nothing.
    """
    while True:
        with transaction.atomic():
            job = rounds.held(JOB)
            after = LogEntry.objects.filter(number__gt=job.position)
            entries = list(after.order_by("number")[:A_STEP])
            if not entries:
                return
            told = sum(map(_try_to_tell_of, entries))
            rounds.came_to(job, entries[-1].number)
        if told:
            yield f"queued {told} mail{'s' * (told > 1)} of what was done"


def _try_to_tell_of(entry: LogEntry) -> int:
    """As `_tell_of`; an entry that cannot be told holds up none that comes after it."""
    try:
        with transaction.atomic():
            return _tell_of(entry)
    except Exception:
        log.exception("Entry %s of the log is told to nobody.", entry.number)
        return 0


def _tell_of(entry: LogEntry) -> int:
    """Queue the mails of one entry; return how many."""
    if entry.act not in TOLD or not entry.about.startswith("summary:"):
        return 0
    said = json.loads(entry.entry)
    if datetime.fromisoformat(said["at"]) < clock.now() - FRESH or _done_again(entry):
        return 0
    summary = Summary.objects.get(pk=entry.about.partition(":")[2])
    notice = None if summary.set_aside else TOLD[entry.act](summary)
    if not notice:
        return 0
    path = reverse(f"admin:editorial_summary_{notice.screen}", args=(summary.pk,))
    words = {"by": said["name"], "link": mail.link(path)}
    return sum(
        mail.queue(
            notice.kind,
            person,
            occasion=f"entry:{entry.number}",
            summary=summary,
            **words,
        )
        for person in {person.pk: person for person in notice.people}.values()
        if person.pk != said["by"]
    )


def _done_again(entry: LogEntry) -> bool:
    """Say whether the same was done to the text since: that is told instead."""
    same = LogEntry.objects.filter(act=entry.act, about=entry.about)
    return same.filter(number__gt=entry.number).exists()


def _to_review(summary: Summary) -> Notice | None:
    """Tell who is asked, or else all who could sign the text as it stands."""
    if summary.status != Status.IN_REVIEW:
        return None
    reviewers = roles.holders(Role.MEDICAL_REVIEWER)
    able = [
        person
        for person in _only(summary.assigned_reviewer, reviewers) or reviewers
        if not rules.why_not_reviewed_by(summary, person)
    ]
    return Notice(Kind.SUBMITTED, able or _editors())


def _assigned(summary: Summary) -> Notice | None:
    reviewers = roles.holders(Role.MEDICAL_REVIEWER)
    return Notice(Kind.ASSIGNED, _only(summary.assigned_reviewer, reviewers))


def _handed_over(summary: Summary) -> Notice | None:
    people = roles.holders(*Role)
    named = (summary.assigned_reviewer, summary.assigned_writer)
    return Notice(Kind.ASSIGNED, [one for who in named for one in _only(who, people)])


def _sent_back(summary: Summary) -> Notice | None:
    if summary.status != Status.CHANGES_REQUESTED:
        return None
    return Notice(Kind.CHANGES_REQUESTED, _writers(summary), "change")


def _signed(summary: Summary) -> Notice | None:
    """Tell of a signature that waits for another, or for an editor to publish."""
    if summary.status == Status.IN_REVIEW:
        return _to_review(summary)
    newest = _newest(summary)
    if not newest or Publication.objects.filter(edition=newest).exists():
        return None
    return Notice(Kind.SIGNED, [*_writers(summary), *_editors()])


def _published(summary: Summary) -> Notice | None:
    page = manuscript.page_of(summary)
    if not (page and page.live_edition_id):
        return None
    return Notice(Kind.PUBLISHED, [*_writers(summary), *_signers(summary)])


def _withdrawn(summary: Summary) -> Notice | None:
    page = manuscript.page_of(summary)
    if not page or page.live_edition_id:
        return None
    people = [*_writers(summary), *_signers(summary), *_editors()]
    return Notice(Kind.WITHDRAWN, people)


TOLD: dict[str, Callable[[Summary], Notice | None]] = {
    **dict.fromkeys(INTO_REVIEW, _to_review),
    "assign": _assigned,
    HAND_OVER: _handed_over,
    "request_changes": _sent_back,
    "signed": _signed,
    "published": _published,
    "reinstated": _published,
    "withdrawn": _withdrawn,
}


def _writers(summary: Summary) -> list[User]:
    """Return whose text it is; the editors, where all of them have gone."""
    writing = roles.holders(*open_work.WRITING)
    named = _only(summary.assigned_writer, writing)
    wrote = [person.pk for person in manuscript.authors(summary)]
    return named or list(writing.filter(pk__in=wrote)) or _editors()


def _only(person: User | None, people: QuerySet[User]) -> list[User]:
    """Return the person, if they are one of the people still."""
    return list(people.filter(pk=person.pk)) if person else []


def _signers(summary: Summary) -> list[User]:
    """Return who signed the newest edition and still reviews."""
    newest = _newest(summary)
    number = newest.number if newest else 0
    given = SignOff.objects.filter(summary=summary, edition_number=number)
    reviewers = roles.holders(Role.MEDICAL_REVIEWER)
    return list(reviewers.filter(pk__in=given.order_by().values("signer")))


def _editors() -> list[User]:
    return list(roles.holders(Role.EDITOR))


def _newest(summary: Summary) -> Edition | None:
    return manuscript.editions_of(summary).defer("content", "record").first()
