"""A sign-off is by one who may, on the text as it stands, at its own time; law 4.

Left to `four_eyes`, since SQL cannot tell: a kept text that was settled since, though
it was kept before; and a note or a date with which a draft was begun or taken up. What
a signer did to a cited source is asked with the edition.
"""

from editorial.guards.guard import Guard

_SIGN_OFF, _HISTORY = "editorial_signoff", "editorial_historicalsummary"
# Two clocks that are both right may differ by this many seconds.
_GRACE = 5

OF_ITS_PAGE = (
    "p.condition_id = m.condition_id AND p.question_id = m.question_id "
    "AND p.language = m.language"
)
# The last signature of the newest edition that has other words: from it law 4 counts.
_LAST = f"""(SELECT MAX(l.id) FROM {_SIGN_OFF} l
    JOIN editorial_summary m ON m.id = l.summary_id
    JOIN conditions_page p ON {OF_ITS_PAGE}
    JOIN conditions_edition e ON e.page_id = p.id AND e.number = l.edition_number
        AND e.content_sha256 = l.content_sha256
    WHERE m.id = NEW.summary_id
    AND (word_of(e.content, short_answer) IS DISTINCT FROM m.short_answer
        OR word_of(e.content, body) IS DISTINCT FROM m.body))"""
_REVISION = f"""COALESCE((SELECT h.revision FROM {_SIGN_OFF} l
    JOIN {_HISTORY} h ON h.history_id = l.revision_read_id WHERE l.id = {_LAST}), 0)"""
_MOMENT = f"""COALESCE((SELECT seconds_of(l.signed_at) FROM {_SIGN_OFF} l
    WHERE l.id = {_LAST}), 0)"""


def _untouched(entry: str) -> str:
    return f"""NOT EXISTS (SELECT 1 FROM conditions_historical{entry} w
        JOIN editorial_summary m ON m.{entry}_id = w.id
        WHERE m.id = NEW.summary_id AND w.history_user_id = NEW.signer_id
        AND seconds_of(w.history_date) > {_MOMENT})"""


SIGN_OFFS = (
    Guard(
        _SIGN_OFF,
        "INSERT",
        "read",
        "is for the newest revision of a text in review",
        f"""EXISTS (SELECT 1 FROM editorial_summary m
            JOIN {_HISTORY} h ON h.id = m.id AND h.revision = m.revision
            WHERE m.id = NEW.summary_id AND h.history_id = NEW.revision_read_id
            AND m.status = 'in_review' AND h.short_answer = m.short_answer
            AND h.body = m.body)""",
    ),
    Guard(
        _SIGN_OFF,
        "INSERT",
        "future",
        "is not signed in the future",
        f"seconds_of(NEW.signed_at) <= seconds_now() + {_GRACE}",
    ),
    Guard(
        _SIGN_OFF,
        "INSERT",
        "order",
        "is not signed before the one before it",
        # A clock that was far ahead must not stop every signature for years.
        f"""NEW.signed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {_SIGN_OFF} s
            WHERE s.summary_id = NEW.summary_id
            AND seconds_of(s.signed_at) > seconds_of(NEW.signed_at)
            AND seconds_of(s.signed_at) <= seconds_now())""",
    ),
    Guard(
        _SIGN_OFF,
        "INSERT",
        "printed",
        "prints the time at which it was signed",
        "ABS(seconds_of(word_of(NEW.signature, at)) - seconds_of(NEW.signed_at)) < 2",
    ),
    Guard(
        _SIGN_OFF,
        "INSERT",
        "signer",
        "is by a medical reviewer whose credential holds, under their own byline",
        """EXISTS (SELECT 1 FROM editorial_user u
            JOIN editorial_user_groups ug ON ug.user_id = u.id
            JOIN auth_group g ON g.id = ug.group_id
            JOIN editorial_revieweraccount a ON a.user_id = u.id
            JOIN conditions_reviewer r ON r.id = a.reviewer_id
            WHERE u.id = NEW.signer_id AND u.is_active AND NOT u.is_superuser
            AND g.name = 'Medical reviewers' AND a.verified_at IS NOT NULL
            AND CAST(a.expires_on AS text) >= SUBSTR(word_of(NEW.signature, at), 1, 10)
            AND r.slug = word_of(NEW.signature, reviewer))""",
    ),
    Guard(
        _SIGN_OFF,
        "INSERT",
        "wrote",
        "is by somebody who wrote no part of the text",
        f"""NOT EXISTS (SELECT 1 FROM {_HISTORY} w
            WHERE w.id = NEW.summary_id AND w.history_user_id = NEW.signer_id
            AND (w.wrote_text OR w.move IN ('revise', 'restore'))
            AND (w.revision > {_REVISION} OR EXISTS (SELECT 1 FROM {_HISTORY} o
                WHERE o.id = NEW.summary_id AND o.move = 'restore'
                AND o.revision > {_REVISION})))""",
    ),
    Guard(
        _SIGN_OFF,
        "INSERT",
        "typed",
        "is by somebody none of whose own text was kept to be merged",
        f"""NOT EXISTS (SELECT 1 FROM editorial_losttext t
            WHERE t.summary_id = NEW.summary_id AND t.by_id = NEW.signer_id
            AND seconds_of(t.at) > {_MOMENT})""",
    ),
    Guard(
        _SIGN_OFF,
        "INSERT",
        "entries",
        "is by somebody who edited neither the condition nor the question",
        f"{_untouched('condition')} AND {_untouched('question')}",
    ),
)
