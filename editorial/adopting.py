"""Words proposed in a comment, put into the text as the words of whoever adopts them.

Writes through `writing.revise` alone; the comment goes on naming who proposed them.
"""

from editorial import commenting, rules, threads, writing
from editorial.anchors import Ambiguous, Place, Text
from editorial.commenting import QUOTED, done_at
from editorial.models import ActKind, Comment, CommentAct, Summary, User
from editorial.rules import MoveRefused
from editorial.threads import Thread
from editorial.workflow import moved_on


def adopt(comment: Comment, *, by: User, seen: int) -> CommentAct:
    """Put the words proposed into the text: from now on they are the adopter's.

    On the very revision that was seen alone; what was proposed stays in the comment, so
    that nothing is lost where that has moved on. Advice is resolved by it; a blocking
    comment by whoever made it, where they adopt it themselves.
    """
    with commenting.held(comment.summary, by, "revise") as row:
        thread = threads.of_comment(comment)
        if thread.adopted and thread.adopted.by_id == by.pk:
            return thread.adopted
        if why := why_not_adopted(thread, row, by) or moved_on(row, seen):
            raise MoveRefused(why)
        row = writing.revise(
            row, by=by, text=_with(row, thread), against=seen, reason=reason(comment)
        )
        done = commenting.act(row, thread, ActKind.ADOPTED, by)
        if not comment.blocking or comment.by_id == by.pk:
            thread = threads.of_comment(comment)
            commenting.act(row, thread, ActKind.RESOLVED, by)
        return done


def reason(comment: Comment) -> str:
    """Return the reason of the revision that has the words proposed."""
    who = comment.by.printed_name
    return f"Used the words that {who} proposed in comment no. {comment.pk}."


def why_not_adopted(thread: Thread, row: Summary, by: User) -> str:
    """Return why the words proposed cannot be put into the text now, or ""."""
    comment = thread.comment
    if not comment.suggestion:
        return "This comment proposes no other words."
    if thread.adopted:
        return done_at(thread.adopted, "used these words")
    if thread.ended:
        return done_at(thread.ended, "resolved this comment") + " Reopen it first."
    if why := rules.why_not("revise", row, by):
        return why
    try:
        place = _place(row, thread)
    except Ambiguous:
        return (
            f"{threads.on(comment)} stands more than once now, and it cannot be told "
            "which one is meant: write the words yourself."
        )
    if not place:
        return (
            f"{threads.on(comment)} stands there no longer: the text has changed "
            "since. Write the words yourself where they fit."
        )
    return ""


def _place(row: Summary, thread: Thread) -> Place | None:
    return Text(getattr(row, thread.comment.field)).only(thread.passage)


def _with(row: Summary, thread: Thread) -> writing.Text:
    """Return the text as it stands, the quote replaced by the words proposed."""
    comment, place = thread.comment, _place(row, thread)
    assert place, "asked for before"
    words = getattr(row, comment.field)
    changed = words[: place.start] + comment.suggestion + words[place.end :]
    names = ("evidence_searched_on", "drafting", "drafting_note")
    stands = {name: getattr(row, name) for name in (*QUOTED, *names)}
    return writing.Text(**{**stands, comment.field: changed})
