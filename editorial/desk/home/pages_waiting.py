"""The pages that wait for an editor and are in no queue of summaries. Reads only.

Altered, signed and not live, to be published at a time, left behind by the catalogue.
"""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format

from conditions.models import Edition, Publication, PublicationKind
from editorial import clock, frozen, left_behind, roles, soundness
from editorial.desk.home.waiting import Group, Row
from editorial.models import Schedule
from editorial.states import Role

NAMED = 3  # differences, in a row
GROUPS = (
    # name, label of the tile, badge, colour
    ("altered", "not as signed", "Not as signed", "bad"),
    ("failed", "publications failed", "Not published", "bad"),
    ("failing", "publications that will fail", "Will fail", "bad"),
    ("retracted", "cite a retracted source", "Source retracted", "bad"),
    ("unpublished", "signed, not live", "Signed, not live", "warn"),
    ("outdated", "differ from the catalogue", "Other words", "warn"),
    ("scheduled", "scheduled", "Scheduled", ""),
)


def groups():
    """Return every group of pages by its name."""
    found = {name: Group(name, *words) for name, *words in GROUPS}
    plans = {plan.edition.page_id: plan for plan in _plans()}
    altered = set(soundness.altered().values_list("page_id", flat=True))
    for page in _pages(altered, plans):
        for name, row in _stands(page, plans.get(page.pk), altered):
            found[name].rows.append(row)
    for behind in left_behind.pages():
        for name, row in _left_behind(behind):
            found[name].rows.append(row)
            found[name].address = reverse("admin:editorial_summary_left_behind")
    return found


def _plans():
    """Return the plans, each with `stands`: its editor may still publish."""
    editors = roles.holders(Role.EDITOR).filter(pk=OuterRef("set_by"))
    rows = Schedule.objects.select_related("edition", "set_by")
    return rows.annotate(stands=Exists(editors))


def _left_behind(behind):
    """Yield the groups of a page whose words the catalogue has left behind."""
    if behind.retracted:
        sources = ", ".join(behind.retracted)
        yield (
            "retracted",
            _row(behind.page, max(behind.retracted.values()), "", sources),
        )
    if behind.differs:
        yield "outdated", _row(behind.page, said=in_short(behind.differs))


def in_short(differs):
    """Return the first few of what differs, and how many more there are."""
    more = f"; and {len(differs) - NAMED} more" if len(differs) > NAMED else ""
    return "; ".join(differs[:NAMED]) + more


def _pages(altered, plans):
    """Return these pages, and those signed anew that are neither live nor withdrawn."""
    acts = Publication.objects.filter(page=OuterRef("pk")).order_by("-number")
    editions = Edition.objects.filter(page=OuterRef("pk")).order_by("-number")
    found = frozen.pages().annotate(
        last_act=Subquery(acts.values("kind")[:1]),
        newest=Subquery(editions.values("number")[:1]),
    )
    never = Q(live_edition=None) & ~Exists(acts)
    newer = Exists(editions.order_by().filter(pk__gt=OuterRef("live_edition")))
    chosen = never | newer | Q(pk__in={*altered, *plans})
    return found.filter(chosen).defer("live_edition__content", "live_edition__record")


def _stands(page, plan, altered):
    """Yield every group that a page belongs to, with its row there."""
    live = page.live_edition
    if page.pk in altered:
        said = f"edition {live.number}: withdraw it, and tell the operator"
        yield "altered", _row(page, said=said)
    if plan:
        yield _planned(page, plan)
    withdrawn = page.last_act == PublicationKind.WITHDRAWN
    if not (plan or withdrawn) and page.newest != (live and live.number):
        yield "unpublished", _row(page, said=f"edition {page.newest}")


def _planned(page, plan):
    if plan.failure:
        said = plan.failure
        return "failed", _row(page, plan.publish_at, plan.set_by.printed_name, said)
    if not plan.stands:
        shut = not plan.set_by.is_active
        why = "whose account is shut" if shut else "who is no editor any more"
        said = f"scheduled by {plan.set_by.printed_name}, {why}: schedule it anew"
        return "failing", _row(page, plan.publish_at, said=said)
    hour = date_format(clock.local(plan.publish_at), "H:i")
    said = f"edition {plan.edition.number} goes live at {hour}"
    return "scheduled", _row(page, plan.publish_at, plan.set_by.printed_name, said)


def _row(page, since=None, who="", said=""):
    return Row(
        what=page.question.asked_of(page.condition),
        address=reverse("admin:editorial_summary_review", args=(page.summary_pk,)),
        since=since,
        who=who,
        said=said,
    )
