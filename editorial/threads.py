"""Comments as threads: what was said of a passage, what came of it, whether it is open.

Reads only. The newest act that ended or reopened a comment says which it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.text import Truncator

from conditions.often import Given, Often
from editorial.models import ActKind, Comment, CommentAct, Field, Summary
from editorial.quotes import Passage

DID: dict[str, str] = {
    **{kind: kind.label for kind in ActKind},
    ActKind.ADOPTED: "put into the text the words proposed in",
}
SHOWN = 60  # characters of a quote where it stands for the comment


@dataclass(frozen=True)
class Thread:
    """A comment with its acts, the oldest first."""

    comment: Comment
    acts: tuple[CommentAct, ...] = ()

    @property
    def ended(self) -> CommentAct | None:
        """The act that resolved it; None while it is open."""
        last = self._last(ActKind.RESOLVED, ActKind.REOPENED)
        return last if last and last.kind == ActKind.RESOLVED else None

    @property
    def adopted(self) -> CommentAct | None:
        """The act that put its words into the text; None before, or when reopened."""
        last = self._last(ActKind.ADOPTED, ActKind.REOPENED)
        return last if last and last.kind == ActKind.ADOPTED else None

    @property
    def is_open(self) -> bool:
        return self.ended is None

    @property
    def blocks(self) -> bool:
        """Whether nobody signs while it is as it is."""
        return self.comment.blocking and self.is_open

    @property
    def passage(self) -> Passage:
        """What to look for in the text: the quote, or the words that took its place."""
        comment = self.comment
        words = comment.suggestion if self.adopted else comment.quote
        return Passage(words, comment.prefix, comment.suffix)

    def _last(self, *kinds: ActKind) -> CommentAct | None:
        return next((act for act in reversed(self.acts) if act.kind in kinds), None)


def of(summary: Summary) -> list[Thread]:
    """Return every thread of a summary, the oldest first."""
    acts: dict[int, list[CommentAct]] = {}
    if comments := _comments(summary=summary.pk):
        rows = CommentAct.objects.filter(comment__summary=summary)
        for act in rows.select_related("by"):
            acts.setdefault(act.comment_id, []).append(act)
    return [Thread(one, tuple(acts.get(one.pk, ()))) for one in comments]


@Often
def _comments() -> QuerySet[Comment]:
    rows = Comment.objects.filter(summary=Given("summary"))
    return rows.select_related("by").order_by("pk")


def of_comment(comment: Comment) -> Thread:
    """Return one comment's thread as it stands."""
    return Thread(comment, tuple(comment.acts.select_related("by")))


def count_of_open() -> Coalesce:
    """Return, for a query of summaries, how many comments on each are open."""
    ending = CommentAct.objects.filter(
        comment=OuterRef("pk"), kind__in=(ActKind.RESOLVED, ActKind.REOPENED)
    )
    newest = Subquery(ending.order_by("-number").values("kind")[:1])
    comments = Comment.objects.filter(summary=OuterRef("pk"))
    still = comments.alias(newest=Coalesce(newest, Value(""))).exclude(
        newest=ActKind.RESOLVED
    )
    counted = still.order_by().values("summary").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def on(comment: Comment) -> str:
    """Return what a comment is about: “the quote”, or its field."""
    if quote := " ".join(comment.quote.split()):
        return f"“{Truncator(quote).chars(SHOWN)}”"
    if comment.field == Field.TEXT:
        return str(Field.TEXT.label)
    return f"the {Field(comment.field).label}"


def why_not_signed(threads: Sequence[Thread]) -> str:
    """Return which comment must be resolved before anybody signs, or ""."""
    found = [thread.comment for thread in threads if thread.blocks]
    if not found:
        return ""
    first, more = found[0], len(found) - 1
    others = {0: "", 1: " One more is open."}.get(more, f" {more} more are open.")
    return (
        f"{first.by.printed_name}’s blocking comment on {on(first)} is open: it is "
        f"resolved first.{others}"
    )


def told(
    summary: Summary, standing_at: Callable[[datetime], int]
) -> Iterator[dict[str, Any]]:
    """Yield what the timeline says of each comment and each act on one."""
    for thread in of(summary):
        comment = thread.comment
        did = "made a blocking comment" if comment.blocking else "commented"
        yield {
            "at": comment.at,
            "who": comment.by.printed_name,
            "what": f"{did} on {on(comment)}",
            "revision": standing_at(comment.at),
            "words": comment.words,
            "pk": comment.pk,
        }
        for act in thread.acts:
            yield {
                "at": act.at,
                "who": act.by.printed_name,
                "what": f"{DID[act.kind]} {_whose(comment, act)} on {on(comment)}",
                "revision": act.revision,
                "words": act.words,
                "pk": comment.pk,
            }


def _whose(comment: Comment, act: CommentAct) -> str:
    if comment.by_id == act.by_id:
        return "their own comment"
    return f"{comment.by.printed_name}’s comment"
