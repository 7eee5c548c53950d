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
from django.urls import reverse

from conditions.models import Publication
from editorial import (
    clock,
    concerned,
    mail,
    manuscript,
    roles,
    rounds,
    rules,
    threads,
)
from editorial.models import (
    ActKind,
    Comment,
    CommentAct,
    Kind,
    LogEntry,
    Summary,
    User,
)
from editorial.states import HAND_OVER, INTO_REVIEW, Role, Status

log = logging.getLogger(__name__)

JOB = "announcing"
A_STEP = 20  # entries of the log in one transaction
# Of what was done before that nobody is mailed: the desk's home tells it.
FRESH = timedelta(days=3)


@dataclass(frozen=True)
class Notice:
    """What is told of one act, to whom, and the screen that its mail leads to.

    Of one `occasion` nobody is told twice; where none is named it is the act itself.
    """

    kind: Kind
    people: Iterable[User]
    screen: str = "review"
    occasion: str = ""


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
    if entry.act not in {*TOLD, *OF_COMMENTS}:
        return 0
    if not entry.about.startswith("summary:"):
        return 0
    said = json.loads(entry.entry)
    if datetime.fromisoformat(said["at"]) < clock.now() - FRESH:
        return 0
    summary = Summary.objects.get(pk=entry.about.partition(":")[2])
    notice = None if summary.set_aside else _notice(entry, summary)
    if not notice:
        return 0
    path = reverse(f"admin:editorial_summary_{notice.screen}", args=(summary.pk,))
    words = {"by": said["name"], "link": mail.link(path)}
    return sum(
        mail.queue(
            notice.kind,
            person,
            occasion=notice.occasion or f"entry:{entry.number}",
            summary=summary,
            **words,
        )
        for person in {person.pk: person for person in notice.people}.values()
        if person.pk != said["by"]
    )


def _notice(entry: LogEntry, summary: Summary) -> Notice | None:
    if entry.act in OF_COMMENTS:
        row = OF_COMMENTS[entry.act].objects.get(pk=(entry.row or "").partition(":")[2])
        return _said(row) if isinstance(row, Comment) else _answered(row)
    return None if _done_again(entry) else TOLD[entry.act](summary)


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
        for person in concerned.only(summary.assigned_reviewer, reviewers) or reviewers
        if not rules.why_not_reviewed_by(summary, person)
    ]
    return Notice(Kind.SUBMITTED, able or concerned.editors())


def _assigned(summary: Summary) -> Notice | None:
    reviewers = roles.holders(Role.MEDICAL_REVIEWER)
    return Notice(Kind.ASSIGNED, concerned.only(summary.assigned_reviewer, reviewers))


def _handed_over(summary: Summary) -> Notice | None:
    people = roles.holders(*Role)
    named = (summary.assigned_reviewer, summary.assigned_writer)
    return Notice(
        Kind.ASSIGNED, [one for who in named for one in concerned.only(who, people)]
    )


def _sent_back(summary: Summary) -> Notice | None:
    if summary.status != Status.CHANGES_REQUESTED:
        return None
    return Notice(Kind.CHANGES_REQUESTED, concerned.writers(summary), "change")


def _signed(summary: Summary) -> Notice | None:
    """Tell of a signature that waits for another, or for an editor to publish."""
    if summary.status == Status.IN_REVIEW:
        return _to_review(summary)
    newest = manuscript.newest_edition(summary)
    if not newest or Publication.objects.filter(edition=newest).exists():
        return None
    return Notice(Kind.SIGNED, [*concerned.writers(summary), *concerned.editors()])


def _published(summary: Summary) -> Notice | None:
    page = manuscript.page_of(summary)
    if not (page and page.live_edition_id):
        return None
    return Notice(
        Kind.PUBLISHED, [*concerned.writers(summary), *concerned.signers(summary)]
    )


def _withdrawn(summary: Summary) -> Notice | None:
    page = manuscript.page_of(summary)
    if not page or page.live_edition_id:
        return None
    people = [
        *concerned.writers(summary),
        *concerned.signers(summary),
        *concerned.editors(),
    ]
    return Notice(Kind.WITHDRAWN, people)


def _said(comment: Comment) -> Notice | None:
    """Tell whose text it is that somebody said something of it, if that is open still.

    Once an hour of each who does: a review says many things, one after the other.
    """
    if not threads.of_comment(comment).is_open:
        return None
    summary = comment.summary
    occasion = f"comments:{summary.pk}:{comment.by_id}:{_hour(comment.at)}"
    return Notice(Kind.COMMENTED, concerned.writers(summary), "comments", occasion)


def _answered(act: CommentAct) -> Notice | None:
    """Tell who made a comment what came of it; what they add goes to the writers."""
    comment, adds = act.comment, (ActKind.ANSWERED, ActKind.REOPENED)
    occasion = f"comment:{comment.pk}:{act.by_id}:{_hour(act.at)}"
    if act.by_id != comment.by_id:
        people = concerned.only(comment.by, roles.holders(*Role))
        return Notice(Kind.ANSWERED, people, "comments", occasion)
    if act.kind not in adds:
        return None
    return Notice(
        Kind.COMMENTED, concerned.writers(comment.summary), "comments", occasion
    )


def _hour(moment: datetime) -> str:
    return f"{clock.local(moment):%Y-%m-%dT%H}"


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
# Acts on comments, by the table of the row that each wrote.
OF_COMMENTS: dict[str, type[Comment] | type[CommentAct]] = {
    "commented": Comment,
    **{f"comment_{kind}": CommentAct for kind in ActKind},
}
