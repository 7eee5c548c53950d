"""Comments on a summary, made by the real verb."""

from editorial import commenting
from editorial.commenting import Remark
from tests.builders import fresh

# Words of `builders.BODY`, which stand there once.
QUOTE = "keeps joints moving"


def say(summary, *, by, words="Since when?", quote=QUOTE, seen=None, **said):
    remark = Remark(words=words, quote=quote, **said)
    seen = seen or fresh(summary).revision
    return commenting.comment(summary, by=by, remark=remark, seen=seen)
