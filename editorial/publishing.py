"""What is public: publish, withdraw, reinstate, schedule.

The only writer of Publication, of Schedule and of a page's live edition.
"""

import logging
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from conditions import content, indexing, outdating, press
from conditions.imprint import is_ready
from conditions.models import Edition, Page, Publication, PublicationKind
from conditions.often import Given, Often
from editorial import clock, concerned, limits, log, mail, roles, rules
from editorial.demands import fit, need
from editorial.dossier import Dossier
from editorial.models import Kind, Schedule, Summary, User
from editorial.rules import MoveRefused
from editorial.states import Role
from editorial.workflow import knowing, lock

logger = logging.getLogger(__name__)


def publish(
    summary: Summary, *, by: User, reason: str = "", seen: int | None = None
) -> Publication:
    """Make the newest signed edition live now."""
    with knowing(summary, "publish", by=by, reason=reason, seen=seen) as known:
        return make_live(known, PublicationKind.PUBLISHED, by=by)


def withdraw(summary: Summary, *, by: User, reason: str, note: str) -> Publication:
    """Take the page from readers at once; `note` is what they read instead.

    Whatever was seen of it: a page that may harm waits for nobody to look again.
    """
    need(reason, "Say why, for the record.")
    need(note, "Write a note to readers: why the page is not there.")
    with knowing(summary, "withdraw", by=by, reason=reason) as known:
        live = known.page.live_edition if known.page else None
        assert live is not None  # the rule of `withdraw` says so
        note = note.strip()
        return _act(known, PublicationKind.WITHDRAWN, live, by=by, note=note)


def reinstate(
    summary: Summary,
    *,
    by: User,
    reason: str,
    note: str = "",
    seen: int | None = None,
) -> Publication:
    """Make the newest signed edition live again; an older text must be signed anew."""
    need(reason, "Say why, for the record.")
    with knowing(summary, "reinstate", by=by, reason=reason, seen=seen) as known:
        note = note.strip()
        return make_live(known, PublicationKind.REINSTATED, by=by, note=note)


def schedule(
    summary: Summary,
    *,
    by: User,
    at: datetime | None,
    reason: str = "",
    seen: int | None = None,
) -> Summary:
    """Publish the next signed edition not before a time; None: with its signature.

    Where the newest edition is signed and waiting already, it is that one.
    """
    if at and at <= clock.now():
        raise MoveRefused("Choose a time that has not come yet.")
    with knowing(summary, "schedule", by=by, reason=reason, seen=seen) as known:
        (row := known.summary).publish_not_before = at
        if known.newest and not rules.why_not("publish", row, by, known):
            plan(known.newest, at, by)
    return row


def plan(edition: Edition, at: datetime | None, by: User) -> None:
    """Let the worker publish the edition at a time, on that person's word."""
    drop_plans(edition.page)
    if at:
        Schedule.objects.create(edition=edition, publish_at=at, set_by=by)


def drop_plans(page: Page) -> None:
    """Forget what was to be published later: another act of this page overtook it."""
    if _planned(page=page.pk):
        Schedule.objects.filter(edition__page=page).delete()


@Often
def _planned() -> QuerySet[Schedule, int]:
    rows = Schedule.objects.filter(edition__page=Given("page"))
    return rows.values_list("pk", flat=True)


def make_live(
    known: Dossier, kind: PublicationKind, *, by: User, note: str = ""
) -> Publication:
    """Publish the newest edition of a locked row, whose bytes are verified first."""
    edition = known.newest
    assert edition is not None  # the rules of every caller say so
    try:
        edition.read_content(), edition.read_record()
    except content.Altered as error:
        raise MoveRefused(
            f"Edition {edition.number} is not what was signed: {error} "
            "Nothing was published; tell the operator."
        ) from error
    return _act(known, kind, edition, by=by, note=note)


def publish_due() -> list[str]:
    """Publish what is due; return a line for each act. Safe to run twice at once."""
    due = Schedule.objects.filter(publish_at__lte=clock.now(), failure="")
    return [_attempt(pk) for pk in due.order_by("pk").values_list("pk", flat=True)]


def _attempt(pk: int) -> str:
    """Publish one; a fault that nobody foresaw must not keep the others waiting."""
    try:
        return _publish_one(pk)
    except Exception:
        logger.exception("schedule %s failed, and is tried again", pk)
        return f"schedule {pk}: failed, and is tried again"


def _publish_one(pk: int) -> str:
    rows = Schedule.objects.select_related("edition__page", "set_by")
    found = rows.filter(pk=pk).first()
    if not found:
        return f"schedule {pk}: done by another worker"
    page = found.edition.page
    summary = Summary.objects.get(
        condition=page.condition_id, question=page.question_id, language=page.language
    )
    with transaction.atomic():
        lock(summary)
        # Asked again under the lock: an editor may have put it off meanwhile.
        planned = rows.filter(pk=pk, publish_at__lte=clock.now(), failure="").first()
        if not planned:
            return f"schedule {pk}: done by another worker, or put off"
        return _publish_planned(summary, planned, page)


def _publish_planned(summary: Summary, planned: Schedule, page: Page) -> str:
    try:
        publish(summary, by=planned.set_by, reason=f"Set for {planned.publish_at}.")
    except (MoveRefused, PermissionDenied) as error:
        Schedule.objects.filter(pk=planned.pk).update(failure=str(error))
        logger.error("scheduled publication of %s failed: %s", page.address, error)
        _tell_of_failure(summary, planned)
        return f"{page.address}: not published. {error}"
    return f"{page.address}: edition {planned.edition.number} published"


def _tell_of_failure(summary: Summary, planned: Schedule) -> None:
    """Mail who set the time, while they are of the newsroom, and every editor."""
    setter = planned.set_by
    people = [*concerned.only(setter, roles.holders(*Role)), *concerned.editors()]
    screen = reverse("admin:editorial_summary_review", args=(summary.pk,))
    for person in {one.pk: one for one in people}.values():
        mail.queue(
            Kind.NOT_PUBLISHED,
            person,
            occasion=f"schedule:{planned.pk}",
            by=setter.printed_name,
            mine=person == setter,
            link=mail.link(screen),
        )


def _act(
    known: Dossier, kind: PublicationKind, edition: Edition, *, by: User, note: str
) -> Publication:
    """Record the act, of a page that its summary's lock holds as well."""
    fit("note to readers", note, limits.WITHDRAWAL_NOTE)
    row, page, last = known.summary, known.page, known.last_act
    assert page is not None  # made with the first edition
    drop_plans(page)
    row.publish_not_before = None
    row._tree = tree = row._tree or log.held()
    publication = Publication.objects.create(
        page=page,
        number=last.number + 1 if last else 1,
        kind=kind,
        edition=edition,
        at=clock.now(),
        note=note,
        root=tree.root(),
    )
    log.enter(kind.value, by=by, about=row, row=publication, tree=tree)
    before = page.live_edition
    page.live_edition = None if kind == PublicationKind.WITHDRAWN else edition
    page.save(update_fields=("live_edition",))
    outdating.page_changed(page, {edition, before or edition})
    _show(page)
    return publication


def _show(page: Page) -> None:
    """Let readers find a page, and print it: no fault of that hinders the act.

    What is missing then the worker makes up for, or the next reader.
    """
    try:
        with transaction.atomic():
            indexing.page_changed(page)
            if is_ready():
                press.print_now(page.address)
    except Exception:
        logger.exception("%s is neither printed nor found yet", page.address)
