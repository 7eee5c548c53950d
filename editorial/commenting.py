"""What is said of a text, and what is done with it: comment, answer, resolve, reopen.

The only writer of Comment and CommentAct. Nothing said is changed or taken back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from conditions import markup
from editorial import clock, four_eyes, limits, log, roles, threads
from editorial.anchors import Ambiguous, Text, taken
from editorial.demands import fit, need
from editorial.dossier import Dossier
from editorial.models import ActKind, Comment, CommentAct, Field, Summary, User
from editorial.quotes import Passage
from editorial.rules import MoveRefused
from editorial.states import Role
from editorial.threads import Thread
from editorial.workflow import lock

QUOTED = (Field.SHORT_ANSWER, Field.BODY)
SET_ASIDE = "This draft is set aside: start it again first."
QUOTE_MORE = (
    "These words stand in the text more than once: quote a few more with them, or say "
    "where they stand."
)
NOT_THERE = (
    "These words do not stand there as the text is saved: copy them from it, or leave "
    "the quote empty to comment on all of it."
)


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What somebody says of a text, and of which words of it."""

    words: str
    blocking: bool = False
    field: str = ""  # wherever the quote stands
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    suggestion: str = ""


def comment(
    summary: Summary, *, by: User, remark: Remark, seen: int | None = None
) -> Comment:
    """Say something of a text, or of a passage of the revision that was seen.

    The same remark sent twice, and not acted on yet, is kept once.
    """
    need(remark.words, "Write your comment.")
    said = {
        "blocking": remark.blocking,
        "words": _settled("comment", remark.words, limits.COMMENT),
        "suggestion": _settled("suggestion", remark.suggestion, limits.SUGGESTION),
    }
    with held(summary, by) as row:
        seen = seen if seen and seen < row.revision else row.revision
        said |= {"revision_seen": seen, **_about(row, remark, seen)}
        _check_suggestion(**said)
        if there := row.comments.filter(by=by, acts=None, **said).first():
            return there
        made = Comment.objects.create(summary=row, by=by, at=clock.now(), **said)
        log.enter("commented", by=by, about=row, row=made)
        return made


def answer(comment: Comment, *, by: User, words: str) -> CommentAct:
    """Answer a comment; that neither ends nor reopens it."""
    need(words, "Write your answer.")
    with held(comment.summary, by) as row:
        return act(row, threads.of_comment(comment), ActKind.ANSWERED, by, words)


def resolve(comment: Comment, *, by: User, words: str = "") -> CommentAct:
    """End a comment: what it asked for is done, or need not be."""
    with held(comment.summary, by) as row:
        thread = threads.of_comment(comment)
        if thread.ended and thread.ended.by_id != by.pk:
            raise MoveRefused(done_at(thread.ended, "resolved this comment"))
        if why := why_not_resolved(thread, Dossier(row), by):
            raise MoveRefused(why)
        return thread.ended or act(row, thread, ActKind.RESOLVED, by, words)


def reopen(comment: Comment, *, by: User, words: str = "") -> CommentAct:
    """Take up a resolved comment again."""
    with held(comment.summary, by) as row:
        thread = threads.of_comment(comment)
        if thread.is_open:
            last = thread.acts[-1:]
            if last and (last[0].kind, last[0].by_id) == (ActKind.REOPENED, by.pk):
                return last[0]
            raise MoveRefused("This comment is open already: answer it.")
        return act(row, thread, ActKind.REOPENED, by, words)


def why_not_resolved(
    thread: Thread, known: Dossier, by: User, wrote: bool | None = None
) -> str:
    """Return why this person does not resolve an open comment, or "".

    Of a blocking one, four eyes: whoever wrote in the text does not clear the way to
    its signature by themselves. A screen hands over what it has asked of that once.
    """
    comment = thread.comment
    if not comment.blocking or comment.by_id == by.pk:
        return ""
    maker = comment.by.printed_name
    if not known.roles_of(by) & {Role.MEDICAL_REVIEWER, Role.EDITOR}:
        return (
            f"A blocking comment is resolved by {maker}, who made it, or by a medical "
            "reviewer or an editor: answer it, then ask one of them."
        )
    if four_eyes.wrote_in(known, by) if wrote is None else wrote:
        return (
            f"You wrote in this text: {maker}, who made the comment, resolves it, or a "
            "medical reviewer or an editor who wrote no part."
        )
    return ""


@contextmanager
def held(summary: Summary, by: User, move: str = "") -> Iterator[Summary]:
    """Yield the locked summary to somebody of the newsroom, or who may do the move."""
    with transaction.atomic():
        row = lock(summary)
        if not roles.roles_of(by):
            raise PermissionDenied(
                "Comments are for writers, medical reviewers and editors."
            )
        if move:
            roles.require(by, move)
        if row.set_aside:
            raise MoveRefused(SET_ASIDE)
        yield row


def act(
    row: Summary, thread: Thread, kind: ActKind, by: User, words: str = ""
) -> CommentAct:
    """Write an act; the second of two presses writes none."""
    words, last = _settled("answer", words, limits.COMMENT), thread.acts[-1:]
    if last and (last[0].kind, last[0].by_id, last[0].words) == (kind, by.pk, words):
        return last[0]
    made = CommentAct.objects.create(
        comment=thread.comment,
        number=len(thread.acts) + 1,
        kind=kind,
        words=words,
        revision=row.revision,
        by=by,
        at=clock.now(),
    )
    log.enter(f"comment_{kind}", by=by, about=row, row=made)
    return made


def _settled(name: str, words: str, most: int) -> str:
    fit(name, words, most)
    return markup.normalise(words)


def _about(row: Summary, remark: Remark, seen: int) -> dict[str, str]:
    """Return the field and the passage that a remark is about, as they are stored."""
    quoted = Passage(
        *map(markup.normalise, (remark.quote, remark.prefix, remark.suffix))
    )
    fit("quote", quoted.quote, limits.QUOTE)
    if not quoted.quote.strip():
        field = remark.field or Field.TEXT
        return {"field": field, "quote": "", "prefix": "", "suffix": ""}
    fields = [name for name in QUOTED if name == remark.field] or QUOTED
    twice = False
    for text in _texts(row, seen):
        try:
            texts: dict[str, Text] = {
                name: Text(getattr(text, name)) for name in fields
            }
            if found := taken(texts, quoted):
                return {"field": found[0], **vars(found[1])}
        except Ambiguous:
            twice = True
    raise MoveRefused(QUOTE_MORE if twice else NOT_THERE)


def _texts(row: Summary, seen: int) -> Iterator[Any]:
    """Yield the text as it was seen, and as it stands where that is another."""
    if seen != row.revision:
        yield from row.history.filter(revision=seen)
    yield row


def _check_suggestion(**said: Any) -> None:
    if not said["suggestion"]:
        return
    if not said["quote"]:
        raise MoveRefused("Quote the words that yours would stand in place of.")
    if said["suggestion"] == said["quote"]:
        raise MoveRefused("The words that you propose stand there already.")


def done_at(act: CommentAct, what: str) -> str:
    return f"{act.by.printed_name} {what} at {clock.local(act.at):%H:%M} already."
