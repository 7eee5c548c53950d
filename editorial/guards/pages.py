"""An edition is what was signed, and a page shows its newest publication."""

from editorial.guards.guard import Guard
from editorial.guards.kept import numbered
from editorial.guards.signing import OF_ITS_PAGE

_EDITION, _PUBLICATION = "conditions_edition", "conditions_publication"
_PAGE = "conditions_page"

# The signatures on this text, given since it was last sent to review.
_GIVEN = f"""editorial_signoff s
    JOIN editorial_historicalsummary h ON h.history_id = s.revision_read_id
    JOIN editorial_summary m ON m.id = s.summary_id AND m.status = 'in_review'
    JOIN conditions_page p ON {OF_ITS_PAGE}
    WHERE p.id = NEW.page_id AND s.edition_number = NEW.number
    AND s.content_sha256 = NEW.content_sha256
    AND h.revision >= (SELECT MAX(x.revision) FROM editorial_historicalsummary x
        WHERE x.id = m.id AND x.move IN ('submit_for_review', 'recheck'))"""
_REQUIRED = f"""(SELECT q.signatures_required FROM conditions_question q
    JOIN {_PAGE} p ON p.question_id = q.id WHERE p.id = NEW.page_id)"""

# Where a cited source was signed before in a text with other words: since when an edit
# of it counts; else since ever.
_SINCE = f"""COALESCE((SELECT seconds_of(l.signed_at) FROM editorial_signoff l
    JOIN {_EDITION} e ON e.number = l.edition_number
        AND e.content_sha256 = l.content_sha256
    WHERE e.page_id = NEW.page_id AND l.summary_id = s.summary_id
    AND e.number = (SELECT MAX(b.number) FROM {_EDITION} b
        WHERE b.page_id = NEW.page_id
        AND (word_of(b.content, short_answer)
                IS DISTINCT FROM word_of(NEW.content, short_answer)
            OR word_of(b.content, body) IS DISTINCT FROM word_of(NEW.content, body)))
    AND EXISTS (SELECT 1 FROM items_of(e.content, sources) AS k
        WHERE word_of(k.value, key) = o.key)
    ORDER BY l.id DESC LIMIT 1), 0)"""

EDITIONS = (
    numbered(_EDITION, "number", within="page_id"),
    Guard(
        _EDITION,
        "INSERT",
        "hashed",
        "has the hashes of its own bytes",
        "NEW.content_sha256 = countersign_sha256(NEW.content) "
        "AND NEW.record_sha256 = countersign_sha256(NEW.record)",
    ),
    Guard(
        _EDITION,
        "INSERT",
        "signed",
        "has the signatures that its question requires",
        f"(SELECT COUNT(DISTINCT s.signer_id) FROM {_GIVEN}) >= {_REQUIRED}",
    ),
    Guard(
        _EDITION,
        "INSERT",
        "text",
        "has the words of the revision that was signed, and that stand",
        f"""NOT EXISTS (SELECT 1 FROM {_GIVEN} AND (
            word_of(NEW.content, short_answer) IS DISTINCT FROM h.short_answer
            OR word_of(NEW.content, body) IS DISTINCT FROM h.body
            OR h.short_answer <> m.short_answer OR h.body <> m.body))""",
    ),
    Guard(
        _EDITION,
        "INSERT",
        "record",
        "is what its record says",
        f"""word_of(NEW.record, content_sha256) = NEW.content_sha256
            AND CAST(word_of(NEW.record, edition) AS integer) = NEW.number
            AND word_of(NEW.record, address) = (
                SELECT '/conditions/' || c.slug || '/' || q.slug || '/' FROM {_PAGE} p
                JOIN conditions_condition c ON c.id = p.condition_id
                JOIN conditions_question q ON q.id = p.question_id
                WHERE p.id = NEW.page_id)""",
    ),
    Guard(
        _EDITION,
        "INSERT",
        "named",
        "has in its record the signatures that were given",
        f"""(SELECT COUNT(*) FROM items_of(NEW.record, signatures) AS c) =
                (SELECT COUNT(*) FROM {_GIVEN})
            AND NOT EXISTS (SELECT 1 FROM {_GIVEN} AND NOT EXISTS (
                SELECT 1 FROM items_of(NEW.record, signatures) AS c
                WHERE CAST(c.value AS text) = s.signature))""",
    ),
    Guard(
        _EDITION,
        "INSERT",
        "dated",
        "has the dates of its signatures",
        f"""word_of(NEW.record, signed_on) =
                (SELECT SUBSTR(word_of(s.signature, at), 1, 10) FROM {_GIVEN}
                ORDER BY s.id DESC LIMIT 1)
            AND word_of(NEW.record, review_due_on) =
                (SELECT MIN(CAST(s.review_due_on AS text)) FROM {_GIVEN})
            AND word_of(NEW.record, evidence_searched_on) =
                (SELECT COALESCE(CAST(MAX(m.evidence_searched_on) AS text), '')
                FROM {_GIVEN})""",
    ),
    Guard(
        _EDITION,
        "INSERT",
        "sources",
        "is signed by nobody who edited a source that it cites",
        f"""NOT EXISTS (SELECT 1 FROM items_of(NEW.content, sources) AS c
            JOIN conditions_source o ON o.key = word_of(c.value, key)
            JOIN conditions_historicalsource w ON w.id = o.id
            WHERE EXISTS (SELECT 1 FROM {_GIVEN}
                AND w.history_user_id = s.signer_id
                AND seconds_of(w.history_date) > {_SINCE}))""",
    ),
)

# Of the last act alone, found by its number: a page may have had hundreds.
_LIVE = f"""(SELECT CASE WHEN u.kind <> 'withdrawn' THEN u.edition_id END
    FROM {_PUBLICATION} u WHERE u.page_id = {{page}}
    ORDER BY u.number DESC LIMIT 1)"""
_SHOWN = f"(SELECT p.live_edition_id FROM {_PAGE} p WHERE p.id = NEW.page_id)"

PAGES = (
    Guard(_PAGE, "DELETE", "kept", "is withdrawn, never deleted"),
    Guard(_PAGE, "INSERT", "born", "has no edition yet", "NEW.live_edition_id IS NULL"),
    Guard(
        _PAGE,
        "UPDATE",
        "address",
        "has its address for ever",
        "(NEW.id, NEW.condition_id, NEW.question_id, NEW.language) = "
        "(OLD.id, OLD.condition_id, OLD.question_id, OLD.language)",
    ),
    Guard(
        _PAGE,
        "UPDATE",
        "live",
        "shows its newest publication",
        f"NEW.live_edition_id IS NOT DISTINCT FROM {_LIVE.format(page='NEW.id')}",
    ),
)

PUBLICATIONS = (
    numbered(_PUBLICATION, "number", within="page_id"),
    Guard(
        _PUBLICATION,
        "INSERT",
        "newest",
        "is of the newest edition of its page, or withdraws the live one",
        f"""NEW.edition_id = CASE WHEN NEW.kind = 'withdrawn' THEN {_SHOWN} ELSE
            (SELECT e.id FROM {_EDITION} e WHERE e.page_id = NEW.page_id
            ORDER BY e.number DESC LIMIT 1) END""",
    ),
    Guard(
        _PUBLICATION,
        "INSERT",
        "kind",
        "puts back a withdrawn page alone, and publishes any other",
        f"""NEW.kind = 'withdrawn' OR (NEW.kind = 'reinstated') = COALESCE(
            (SELECT u.kind = 'withdrawn' FROM {_PUBLICATION} u
            WHERE u.page_id = NEW.page_id ORDER BY u.number DESC LIMIT 1), 1 = 0)""",
    ),
    Guard(
        _PUBLICATION,
        "INSERT",
        "followed",
        "comes after the page showed the one before",
        f"{_SHOWN} IS NOT DISTINCT FROM {_LIVE.format(page='NEW.page_id')}",
    ),
    Guard(
        _PUBLICATION,
        "INSERT",
        "shown",
        "is what its page shows",
        f"{_SHOWN} IS NOT DISTINCT FROM {_LIVE.format(page='NEW.page_id')}",
        at_commit=True,
    ),
)
