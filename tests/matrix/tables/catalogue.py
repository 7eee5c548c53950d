"""The entries of the catalogue: read by the newsroom, written by some of it."""

from tests.matrix.rules import (
    ASKS,
    LEADS,
    MISSING,
    NO_DRAFTS,
    NO_POST,
    NOBODY,
    READ,
    but,
    only,
)
from tests.matrix.words import (
    ACTS,
    EDITOR,
    EITHER,
    NEWSROOM,
    REFUSED,
    WRITING,
    Clause,
    Row,
)

TYPED = {
    "condition": {"name": "another name", "slug": "{slug}"},
    "question": {
        "pattern": "Who treats {{condition}}?",
        "slug": "{slug}",
        "order": "3",
        "review_interval_months": "12",
        "signatures_required": "1",
        "fewest_sources": "1",
    },
    "reviewer": {"printed_name": "Dr Ada Lund", "slug": "{slug}", "profession": "x"},
    "source": {
        "key": "{slug}",
        "kind": "web",
        "title": "A page",
        "url": "https://example.org/page",
        "accessed_on": "2026-01-01",
    },
}


def entries(kind, *writers):
    """The lines of one kind of entry."""
    at, typed = f"admin/conditions/{kind}/", {**TYPED[kind], "reason": "Mended."}
    new = {**typed, "slug": "new", "key": "new"}
    read, saved = only(*NEWSROOM), only(*writers, word=ACTS)
    changed = (ASKS, NO_DRAFTS, MISSING, Clause(REFUSED, but(writers)), Clause(ACTS))
    one = {"fill": {"object_id": f"{{{kind}_entry}}"}, "states": EITHER}
    against = {**typed, "slug": f"{{{kind}_slug}}", "key": "{source_slug}"}
    against["against"] = f"{{{kind}_seen}}"
    return [
        Row(at, read, read),
        Row(f"{at}add/", only(*writers), saved, new),
        Row(f"{at}<path:object_id>/history/", READ, NO_POST, **one),
        Row(f"{at}<path:object_id>/delete/", NOBODY, NOBODY, **one),
        Row(f"{at}<path:object_id>/change/", READ, changed, against, **one),
        Row(f"{at}<path:object_id>/", LEADS, LEADS, **one),
    ]


ROWS = [
    *entries("condition", EDITOR),
    *entries("question", EDITOR),
    *entries("reviewer", EDITOR),
    *entries("source", *WRITING),
]
