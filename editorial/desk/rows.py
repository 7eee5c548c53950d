"""Summaries as the desk shows them: with what readers see, and who saved last."""

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat, NullIf, Trim
from django.utils.html import format_html

from conditions.models import Edition, Page, Publication
from editorial import open_work
from editorial.models import SignOff, Summary
from editorial.states import MOVES, Status

NEVER, LIVE, WITHDRAWN = "never", "live", "withdrawn"
OF_A_PAGE = ("condition_id", "question_id", "language")
STATE_CLASSES = {
    Status.IN_REVIEW: "warn",
    Status.CHANGES_REQUESTED: "warn",
    Status.REVIEWED: "ok",
}
PUBLIC_CLASSES = {LIVE: "ok", WITHDRAWN: "bad"}
PUBLIC_WORDS = {LIVE: "Live", WITHDRAWN: "Withdrawn", NEVER: "Never public"}


def rows():
    """Return all summaries with what the desk says about each.

    To what the head of its screens says come `live` (a key), of the page; `due_on`,
    `lapses_on` and `signed_by` (a key), of its signatures; and `writerless`, which says
    that nobody writes it on.
    """
    found = heads().annotate(
        writerless=_whether(open_work.no_writer()),
        live=Subquery(_pages().values("live_edition")[:1]),
    )
    return found.annotate(**_signed())


def heads():
    """Return all summaries with what the head of each one's screens says.

    `public` and `live_number` are the page's; `saved_at` and `saved_by` (a name) the
    newest revision's. `unassigned` says that nobody who could do it is asked to review.
    """
    found = Summary.objects.select_related(
        "condition", "question", "assigned_reviewer", "assigned_writer"
    )
    unassigned = _whether(open_work.no_reviewer())
    return found.annotate(unassigned=unassigned, **_public(), **_saved())


def _whether(chosen):
    return ExpressionWrapper(chosen, output_field=BooleanField())


def _public():
    pages = _pages()
    acts = Publication.objects.filter(
        **{f"page__{name}": OuterRef(name) for name in OF_A_PAGE}
    )
    return {
        "live_number": Subquery(pages.values("live_edition__number")[:1]),
        "public": Case(
            When(Exists(pages.filter(live_edition__isnull=False)), then=Value(LIVE)),
            When(Exists(acts), then=Value(WITHDRAWN)),
            default=Value(NEVER),
            output_field=CharField(),
        ),
    }


def _pages():
    return Page.objects.filter(**{name: OuterRef(name) for name in OF_A_PAGE})


def _signed():
    """By the signatures of the live edition: the earliest day, the last signer."""
    live = Edition.objects.filter(
        pk=OuterRef(OuterRef("live")),
        number=OuterRef("edition_number"),
        content_sha256=OuterRef("content_sha256"),
    )
    given = SignOff.objects.filter(Exists(live), summary=OuterRef("pk"))
    due, last = given.order_by("review_due_on"), given.order_by("-signed_at", "-pk")
    lapsing = given.filter(lapses_on__isnull=False).order_by("lapses_on")
    return {
        "due_on": Subquery(due.values("review_due_on")[:1]),
        "lapses_on": Subquery(lapsing.values("lapses_on")[:1]),
        "signed_by": Subquery(last.values("signer")[:1]),
    }


def _saved():
    newest = Summary.history.model.objects.filter(
        id=OuterRef("pk"), revision=OuterRef("revision")
    )
    full = Trim(
        Concat("history_user__first_name", Value(" "), "history_user__last_name")
    )
    name = Case(
        When(shown__isnull=True, then=F("history_user__username")),
        default=F("shown"),
        output_field=CharField(),
    )
    named = newest.annotate(shown=NullIf(full, Value(""))).annotate(name=name)
    return {
        "saved_at": Subquery(newest.values("history_date")[:1]),
        "saved_by": Subquery(named.values("name")[:1]),
    }


def screen(status, roles, *, set_aside=False):
    """Return where a row leads: to its text, or whoever may sign it to the review."""
    sign_off = MOVES["sign_off"]
    to_sign = status in sign_off.origins and not set_aside and roles & sign_off.roles
    return "review" if to_sign else "change"


def state_badge(status, *, set_aside=False):
    """Return a state in words, coloured; set aside is a mark beside it."""
    words = "Set aside" if set_aside else Status(status).label
    return badge(words, STATE_CLASSES.get(status, ""))


def public_badge(public, number=None):
    """Return what the page is to readers, in words, coloured."""
    words = PUBLIC_WORDS[public] + (f", edition {number}" if number else "")
    return badge(words, PUBLIC_CLASSES.get(public, ""))


def badge(words, colour):
    return format_html('<span class="state {}">{}</span>', colour, words)
