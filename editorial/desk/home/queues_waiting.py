"""The queues on the home: how long each is, and what stands first in it. Reads only."""

from django.db.models import Count, F, OuterRef, Subquery, Window
from django.urls import reverse

from conditions.models import Edition, Page, Publication
from editorial import threads, wanted
from editorial.desk import queues, rows
from editorial.desk.home.waiting import Group, Row
from editorial.desk.review import recheck_now
from editorial.models import Summary, User
from editorial.states import INTO_REVIEW, Status

A_LOOK = 30  # rows of a queue that are read: a table shows fewer
# The moves after which a summary is in a state that it was not in before.
ENTERING = ("start", "recall", "request_changes", "start_revision", *INTO_REVIEW)


def groups(user, roles):
    """Return each queue of these roles by its name; what waits longest stands first.

    One query a queue, however long it is; one for all rows, one for all who are named.
    """
    everything = rows.rows()
    found = {one: list(_first(one, everything, user)) for one in queues.of(roles)}
    keys = {one["pk"] for first in found.values() for one in first}
    summaries = _summaries(everything.filter(pk__in=keys))
    named = {pk for one in summaries.values() for pk in _who(one)}
    people = User.objects.in_bulk(named)
    return {
        queue.name: Group(
            name=queue.name,
            label=queue.label,
            badge=queue.badge,
            colour=queue.colour,
            address=queue.address,
            rows=[
                _row(queue, summaries[one["pk"]], one["since"], people, user, roles)
                for one in first
            ],
            count=first[0]["how_many"] if first else 0,
        )
        for queue, first in found.items()
    }


def _first(queue, everything, user):
    """Return the keys of the first in a queue, with no more than its order needs."""
    waiting = everything.filter(queue.chosen(user))
    dated = {queue.dated: _DATED[queue.dated]()} if queue.dated in _DATED else {}
    return (
        waiting.annotate(**dated)
        .annotate(since=F(queue.dated), how_many=Window(Count("pk")))
        .order_by("since", "pk")
        .values("pk", "since", "how_many")[:A_LOOK]
    )


def _summaries(found):
    of_each = {"submitter": _submitter(), "newest": _newest()}
    found = found.annotate(**of_each, open_comments=threads.count_of_open())
    return found.defer("short_answer", "body").in_bulk()


def _entered():
    moves = Summary.history.model.objects.filter(id=OuterRef("pk"), move__in=ENTERING)
    return Subquery(moves.order_by("-revision").values("history_date")[:1])


def _submitter():
    moves = Summary.history.model.objects.filter(
        id=OuterRef("pk"), move__in=INTO_REVIEW
    )
    return Subquery(moves.order_by("-revision").values("history_user_id")[:1])


def _withdrawn():
    acts = Publication.objects.filter(page__in=_page().values("pk"))
    return Subquery(acts.order_by("-number").values("at")[:1])


def _newest():
    editions = Edition.objects.filter(page__in=_page().values("pk"))
    return Subquery(editions.order_by("-number").values("number")[:1])


def _page():
    return Page.objects.filter(
        condition=OuterRef(OuterRef("condition_id")),
        question=OuterRef(OuterRef("question_id")),
        language=OuterRef(OuterRef("language")),
    )


_DATED = {"entered_at": _entered, "withdrawn_at": _withdrawn}


def _row(queue, summary, since, people, user, roles):
    return Row(
        what=str(summary),
        address=reverse(f"admin:editorial_summary_{queue.screen}", args=(summary.pk,)),
        since=since,
        who=_named(queue, summary, people),
        said=_said(queue, summary),
        recheck=_recheck(queue, summary, user, roles),
    )


def _recheck(queue, summary, user, roles):
    """Return the button by which a page that is due is signed again as it is."""
    due = queue.name == "overdue" or queue.name.startswith("signed_")
    if not due or summary.status != Status.REVIEWED:
        return None
    return recheck_now.offered(summary, user, roles)


def _who(summary):
    return {summary.signed_by, summary.submitter} - {None}


def _said(queue, summary):
    if queue.name == "withdrawn":
        return f"edition {summary.newest} is the newest signed one"
    state = Status(summary.status)
    if queue.dated == "entered_at":
        waits = summary.status == Status.IN_REVIEW
        told = wanted.told(summary.review_wanted_by) if waits else ""
        return "; ".join(filter(None, (told, _commented(summary.open_comments))))
    if state == Status.REVIEWED:
        return ""
    return f"its text is {state.label.lower()}"


def _commented(count):
    return f"{count} open comment{'s' * (count > 1)}" if count else ""


def _named(queue, summary, people):
    """Return whose turn it is; of a live page, who signed it last."""
    if queue.name == "withdrawn":
        return ""
    if queue.dated != "entered_at":
        signer = people.get(summary.signed_by)
        return signer.printed_name if signer else ""
    if summary.status == Status.IN_REVIEW:
        reviewer = None if summary.unassigned else summary.assigned_reviewer
        return reviewer.printed_name if reviewer else "nobody yet"
    if summary.writerless:
        return "nobody yet"
    writer = summary.assigned_writer or people.get(summary.submitter)
    return writer.printed_name if writer else ""
