"""The texts that wait for a person: to be written, to be reviewed. Reads only."""

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format

from editorial import clock, history, open_work
from editorial.desk.home.waiting import Group, Row
from editorial.models import LostText, Summary, User
from editorial.states import MOVES, Status

SUBMITTING = ("submit_for_review", "recheck")
# The moves after which a summary is in a state that it was not in before.
ENTERING = ("start", "recall", "request_changes", "start_revision", *SUBMITTING)
IN_REVIEW, SENT_BACK = "state=in_review", "state=changes_requested"
GROUPS = (
    # name, label of the tile, badge, colour, question to the list, screen to act on
    (
        *("sent_back", "sent back to you", "Sent back to you", "warn"),
        *(f"{SENT_BACK}&writer=%3Ame", "change"),
    ),
    (
        *("assigned", "assigned to you", "Assigned to you", "warn"),
        *(f"{IN_REVIEW}&reviewer=%3Ame", "review"),
    ),
    (
        *("unassigned", "without a reviewer", "Without a reviewer", ""),
        *(f"{IN_REVIEW}&reviewer=%3Anobody", "review"),
    ),
    ("in_review", "in review", "In review", "warn", IN_REVIEW, "review"),
    (
        *("changes", "waiting on writers", "Changes requested", "warn"),
        *(SENT_BACK, "review"),
    ),
    (
        *("drafts", "drafts of yours", "Your draft", ""),
        *("state=draft&writer=%3Ame", "change"),
    ),
    (
        *("writerless", "without a writer", "Without a writer", "warn"),
        *("writer=%3Anobody", "change"),
    ),
)


def groups(user):
    """Return every group of texts by its name; the oldest first in each."""
    listed = reverse("admin:editorial_summary_changelist")
    summaries = list(_in_work(user))
    submitters = User.objects.in_bulk({s.submitter for s in summaries})
    found = {}
    for name, label, badge, colour, query, screen in GROUPS:
        chosen = (s for s in summaries if _belongs(s, name, user))
        waiting = [_row(s, screen, submitters) for s in chosen]
        address = f"{listed}?{query}"
        found[name] = Group(name, label, badge, colour, address, waiting)
    return found


def kept(user):
    """Return the person's texts that lost a save conflict and are not merged yet."""
    texts = LostText.objects.filter(by=user, summary__set_aside=False)
    waiting = history.with_settlement(texts).filter(settled_in=None)
    named = waiting.select_related("summary__condition", "summary__question")
    words = "kept from a conflict", "Not merged yet", "warn"
    found = [_kept_row(text) for text in named.order_by("pk")]
    return Group("kept", *words, rows=found)


def _kept_row(text):
    summary, at = text.summary, date_format(clock.local(text.at), "j F Y, H:i")
    locked = summary.status not in MOVES["revise"].origins
    state = f"; the text is {summary.get_status_display().lower()} now"
    return Row(
        what=f"Your text of {at}: {summary}",
        address=reverse("admin:editorial_summary_kept", args=(summary.pk, text.pk)),
        since=text.at,
        said=f"typed against revision {text.against_revision}{state if locked else ''}",
    )


def _belongs(summary, name, user):
    match name:
        case "sent_back":
            return summary.status == Status.CHANGES_REQUESTED and summary.mine
        case "changes":
            return summary.status == Status.CHANGES_REQUESTED
        case "drafts":
            return summary.status == Status.DRAFT and summary.mine
        case "writerless":
            return summary.status != Status.IN_REVIEW and summary.writerless
    if summary.status != Status.IN_REVIEW:
        return False
    match name:
        case "assigned":
            return summary.assigned_reviewer_id == user.pk
        case "unassigned":
            return summary.unassigned
    return name == "in_review"


def _in_work(user):
    """Return the texts in review or sent back, and drafts of theirs or of nobody."""
    history = Summary.history.model.objects.filter(id=OuterRef("pk"))
    entered = history.filter(move__in=ENTERING).order_by("-revision")
    sent = history.filter(move__in=SUBMITTING).order_by("-revision")
    found = Summary.objects.filter(set_aside=False).annotate(
        since=Subquery(entered.values("history_date")[:1]),
        submitter=Subquery(sent.values("history_user_id")[:1]),
        mine=_flag(open_work.written_by(User.objects.filter(pk=user.pk))),
        writerless=_flag(open_work.no_writer()),
        unassigned=_flag(open_work.no_reviewer()),
    )
    waiting = Q(status__in=(Status.IN_REVIEW, Status.CHANGES_REQUESTED))
    drafts = Q(status=Status.DRAFT) & (Q(mine=True) | Q(writerless=True))
    return (
        found.filter(waiting | drafts)
        .select_related("condition", "question", "assigned_reviewer", "assigned_writer")
        .defer("short_answer", "body")
        .order_by("since", "pk")
    )


def _flag(chosen):
    return ExpressionWrapper(chosen, output_field=BooleanField())


def _row(summary, screen, submitters):
    return Row(
        what=str(summary),
        address=reverse(f"admin:editorial_summary_{screen}", args=(summary.pk,)),
        since=summary.since,
        who=_whose_turn(summary, submitters),
    )


def _whose_turn(summary, submitters):
    if summary.status == Status.IN_REVIEW:
        reviewer = None if summary.unassigned else summary.assigned_reviewer
        return reviewer.printed_name if reviewer else "nobody yet"
    if summary.writerless:
        return "nobody yet"
    writer = summary.assigned_writer or submitters.get(summary.submitter)
    return writer.printed_name if writer else ""
