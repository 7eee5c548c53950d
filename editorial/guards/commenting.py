"""Acts on a comment are numbered, and nobody signs over a blocking comment."""

from editorial.guards.guard import Guard
from editorial.guards.kept import numbered

_COMMENT, _ACT = "editorial_comment", "editorial_commentact"
# The newest act that ended or reopened it says whether a comment is open.
_LAST = f"""COALESCE((SELECT a.kind FROM {_ACT} a WHERE a.comment_id = c.id
    AND a.kind IN ('resolved', 'reopened')
    AND NOT EXISTS (SELECT 1 FROM {_ACT} b WHERE b.comment_id = c.id
        AND b.kind IN ('resolved', 'reopened') AND b.number > a.number)), 'open')"""

COMMENTS = (
    numbered(_ACT, "number", "comment_id"),
    Guard(
        "editorial_signoff",
        "INSERT",
        "blocked",
        "is of a text without an open blocking comment",
        f"""NOT EXISTS (SELECT 1 FROM {_COMMENT} c
            WHERE c.summary_id = NEW.summary_id AND c.blocking
            AND {_LAST} <> 'resolved')""",
    ),
)
