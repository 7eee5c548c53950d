"""What is mailed because a day came: late, due and overdue reviews, and the digest.

Once a day, and to each person one mail a week of each kind: a queue and no page is
named, however many pages are in it. What has nobody any more goes to the editors.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from conditions.models import Page
from editorial import clock, mail, open_work, roles, rounds, triage
from editorial.desk import queues, rows
from editorial.desk.home import kept_waiting
from editorial.desk.readers import queue as readers_reports
from editorial.models import Digest, Kind, SignOff, Summary, User
from editorial.states import MOVES, Role, Status

JOB = "reminders"
MORNING = 6  # o'clock, in the site's own zone
SOON = timedelta(days=30)
# So long somebody has it alone; from then on the editors are told too.
PATIENCE = timedelta(days=14)


def remind() -> Iterator[str]:
    """Queue the reminders and digests of today, if that is not done yet.

    Each in a transaction of its own: counting takes long where there are many pages,
    and nobody could write meanwhile. Begun again, it tells nobody twice.
    """
    today = clock.today().toordinal()
    early = clock.local(clock.now()).hour < MORNING
    if early or rounds.position(JOB) >= today:
        return
    told = sum(_late()) + sum(_due()) + sum(_digests())
    with transaction.atomic():
        rounds.came_to(rounds.held(JOB), today)
    if told:
        yield f"queued {told} reminder{'s' * (told > 1)}"


def _late() -> Iterator[bool]:
    """Remind who is asked to review by a day that is over."""
    waiting = Summary.objects.filter(set_aside=False, status=Status.IN_REVIEW)
    late = waiting.filter(review_wanted_by__lt=clock.today())
    kept = late.exclude(open_work.no_reviewer())
    for person, count in _counted(kept.values_list("assigned_reviewer", "pk")):
        asks = {"state": "in_review", "reviewer": queues.PersonFilter.ME}
        yield _remind(Kind.LATE, person, count, asks)
    long_late = Q(review_wanted_by__lt=clock.today() - PATIENCE)
    if count := late.filter(open_work.no_reviewer() | long_late).count():
        yield from _remind_editors(Kind.LATE, count, {"state": "in_review"})


def _due() -> Iterator[bool]:
    """Remind who signed what is live, and editors of what nobody there signed."""
    today = clock.today()
    stages = (
        (Kind.OVERDUE, Q(review_due_on__lt=today), "overdue"),
        (Kind.DUE, Q(review_due_on__range=(today, today + SOON)), "30"),
    )
    reviewers = roles.holders(Role.MEDICAL_REVIEWER).values("pk")
    for kind, days, word in stages:
        signed = _of_live_pages().filter(days)
        theirs = signed.filter(signer__in=reviewers)
        for person, count in _counted(theirs.values_list("signer", "summary")):
            asks = {"due": word, "signer": queues.PersonFilter.ME}
            yield _remind(kind, person, count, asks)
        nobodys = signed.exclude(summary__in=theirs.values("summary"))
        forgotten = signed.filter(review_due_on__lt=today - PATIENCE)
        ours = {*nobodys.values_list("summary"), *forgotten.values_list("summary")}
        if ours:
            yield from _remind_editors(kind, len(ours), {"due": word})


def _of_live_pages() -> QuerySet[SignOff]:
    """Return the signatures on what readers see, of pages that nobody works on."""
    live = Page.objects.filter(
        condition=OuterRef("summary__condition"),
        question=OuterRef("summary__question"),
        language=OuterRef("summary__language"),
        live_edition__number=OuterRef("edition_number"),
        live_edition__content_sha256=OuterRef("content_sha256"),
    )
    signed = SignOff.objects.filter(summary__status=Status.REVIEWED).order_by()
    return signed.filter(Exists(live))


def _counted(pairs: QuerySet) -> Iterator[tuple[User, int]]:
    """Yield each person, and how many texts stand beside their key."""
    texts = defaultdict(set)
    for person, text in pairs:
        texts[person].add(text)
    for person in User.objects.filter(pk__in=texts).order_by("pk"):
        yield person, len(texts[person.pk])


def _remind_editors(kind: Kind, count: int, asks: dict[str, str]) -> Iterator[bool]:
    """Remind each editor, also one who was reminded of their own as a reviewer."""
    for editor in roles.holders(Role.EDITOR):
        yield _remind(kind, editor, count, asks, to="editors")


def _remind(
    kind: Kind, person: User, count: int, asks: dict[str, str], to: str = "them"
) -> bool:
    link, occasion = mail.link(queues.address(asks)), f"{kind}:{to}:{_week()}"
    return _queue(kind, person, occasion, count=count, link=link)


def _queue(kind: str, person: User, occasion: str, **words: Any) -> bool:
    """Queue one mail; of two workers the second finds that it is done."""
    with transaction.atomic():
        rounds.held(JOB)
        return mail.queue(kind, person, occasion=occasion, **words)


def _digests() -> Iterator[bool]:
    """Mail each person what waits for them, as often as they want it."""
    for person in roles.holders(*Role).order_by("pk"):
        choice = mail.choice_of(person).digest
        when = _week() if choice == Digest.WEEKLY else clock.today().isoformat()
        if choice != Digest.NEVER and (lines := list(_waiting(person))):
            words = {"lines": lines, "link": mail.link(reverse("admin:index"))}
            yield _queue("digest", person, f"digest:{when}", **words)


def _waiting(person: User) -> Iterator[str]:
    """Yield what the tiles of their home say, without those that are empty."""
    held, everything = roles.roles_of(person), rows.rows()
    for queue in queues.of(held):
        if count := everything.filter(queue.chosen(person)).count():
            yield f"{count} {queue.label}"
    groups = []
    if held & MOVES["revise"].roles:
        groups.append(kept_waiting.kept(person))
    if held & triage.WHO:
        groups.append(readers_reports.group())
    yield from (f"{one.total} {one.label}" for one in groups if one.total)


def _week() -> str:
    year, week, _ = clock.today().isocalendar()
    return f"{year}-W{week:02}"
