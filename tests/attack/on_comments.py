"""Attacks on what colleagues said of a text, and on what it holds back."""

from editorial import clock
from editorial.models import Comment, CommentAct
from tests.attack.arena import genuine, newest, put, write
from tests.attack.attack import Attack


def left_out(world):
    last = newest(CommentAct)
    put(CommentAct, last | {"id": None, "number": last["number"] + 2})


def signed_over(*kinds):
    """A blocking comment, what was done with it, and a signature all the same."""

    def do(world):
        rows, desk = genuine(world), world.desk
        said = {"field": "text", "words": "Wrong.", "blocking": True}
        said |= {"revision_seen": 1, "by_id": desk.editor.pk, "at": clock.now()}
        put(Comment, said | {"summary_id": world.ready.pk})
        comment = newest(Comment)["id"]
        for number, kind in enumerate(kinds, start=1):
            act = {"comment_id": comment, "number": number, "kind": kind, "words": ""}
            act |= {"revision": 1, "by_id": desk.editor.pk, "at": clock.now()}
            put(CommentAct, act)
        write(rows, "signoff", "")

    return do


BLOCKED = "guard_editorial_signoff_insert_blocked"
COMMENTS = (
    Attack(
        "an act on a comment left out",
        "guard_editorial_commentact_insert_numbered",
        left_out,
    ),
    Attack("a signature over a blocking comment", BLOCKED, signed_over()),
    Attack("a signature over one that was answered", BLOCKED, signed_over("answered")),
    Attack(
        "a signature over one that was reopened",
        BLOCKED,
        signed_over("resolved", "reopened", "answered"),
    ),
)
