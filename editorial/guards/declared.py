"""What the database must refuse, as data: one declaration for both engines.

A condition is SQL that SQLite and PostgreSQL read alike; NEW and OLD are the rows. The
few words that differ (a hash, a comparison with NULL) are written here as SQLite has
them and put into PostgreSQL's by `postgresql.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from conditions.models import Page
from conditions.write_once import WrittenOnce


@dataclass(frozen=True)
class Guard:
    """Refuse an event on a table where a condition over NEW and OLD holds."""

    table: str
    event: str
    what: str
    when: str = "1 = 1"
    rule: str = "kept"

    @property
    def name(self) -> str:
        return f"guard_{self.table}_{self.event.lower()}_{self.rule}"


def guards() -> Iterator[Guard]:
    """Yield every guard that a migrated database has."""
    for model in kept_models():
        table = model._meta.db_table
        yield Guard(table, "UPDATE", "is written once")
        yield Guard(table, "DELETE", "is kept for ever")
        yield _once(model)
    # Else a REPLACE by a raw client would slip past their guards.
    yield _once(apps.get_model("editorial.Summary"))
    yield _once(Page)
    yield from SUMMARIES
    yield from REVISIONS
    yield from SIGN_OFFS
    yield from EDITIONS
    yield from PAGES


def kept_models() -> list[type[models.Model]]:
    """Return the models whose rows are written once: ours, and every history."""
    return [
        model
        for app in ("conditions", "editorial")
        for model in apps.get_app_config(app).get_models()
        if issubclass(model, WrittenOnce) or hasattr(model, "history_object")
    ]


def _once(model: type[models.Model]) -> Guard:
    table = model._meta.db_table
    return Guard(table, "INSERT", "is there already", _there_already(model))


def _there_already(model: type[models.Model]) -> str:
    """Over each unique key, because SQLite's REPLACE slips past a DELETE trigger."""
    meta = model._meta
    columns = {field.name: field.column for field in meta.local_fields}
    keys = [
        *((field.column,) for field in meta.local_fields if field.unique),
        *(
            tuple(columns[name] for name in constraint.fields)
            for constraint in meta.constraints
            if isinstance(constraint, models.UniqueConstraint)
        ),
    ]
    same = (" AND ".join(f"o.{c} = NEW.{c}" for c in key) for key in keys)
    where = " OR ".join(f"({key})" for key in same)
    return f"EXISTS (SELECT 1 FROM {meta.db_table} o WHERE {where})"


SUMMARIES = (
    Guard("editorial_summary", "DELETE", "is set aside, never deleted"),
    Guard(
        "editorial_summary",
        "UPDATE",
        "has a revision for every write",
        "NEW.revision <> OLD.revision + 1",
        "numbered",
    ),
)

REVISIONS = (
    Guard(
        "editorial_historicalsummary",
        "INSERT",
        "is of the text as it stands",
        "NOT EXISTS (SELECT 1 FROM editorial_summary m WHERE m.id = NEW.id "
        "AND m.revision = NEW.revision AND m.short_answer = NEW.short_answer "
        "AND m.body = NEW.body)",
        "true",
    ),
)

SIGN_OFFS = (
    Guard(
        "editorial_signoff",
        "INSERT",
        "is for the newest revision of a text in review",
        "NOT EXISTS (SELECT 1 FROM editorial_summary m "
        "JOIN editorial_historicalsummary h ON h.id = m.id AND h.revision = m.revision "
        "WHERE m.id = NEW.summary_id AND h.history_id = NEW.revision_read_id "
        "AND m.status = 'in_review' AND h.short_answer = m.short_answer "
        "AND h.body = m.body)",
        "read",
    ),
)

_SIGNATURES = (
    "(SELECT COUNT(DISTINCT s.signer_id) FROM editorial_signoff s "
    "JOIN editorial_summary m ON m.id = s.summary_id "
    "JOIN conditions_page p ON p.condition_id = m.condition_id "
    "AND p.question_id = m.question_id AND p.language = m.language "
    "WHERE p.id = NEW.page_id AND s.edition_number = NEW.number "
    "AND s.content_sha256 = NEW.content_sha256)"
)
_REQUIRED = (
    "(SELECT q.signatures_required FROM conditions_question q "
    "JOIN conditions_page p ON p.question_id = q.id WHERE p.id = NEW.page_id)"
)


def _next_number(table: str) -> str:
    return (
        f"NEW.number <> 1 + (SELECT COALESCE(MAX(o.number), 0) FROM {table} o "
        "WHERE o.page_id = NEW.page_id)"
    )


EDITIONS = (
    Guard(
        "conditions_edition",
        "INSERT",
        "has the signatures that its question requires",
        f"{_SIGNATURES} < {_REQUIRED}",
        "signed",
    ),
    Guard(
        "conditions_edition",
        "INSERT",
        "has the hashes of its own bytes",
        "NEW.content_sha256 <> countersign_sha256(NEW.content) "
        "OR NEW.record_sha256 <> countersign_sha256(NEW.record)",
        "hashed",
    ),
    Guard(
        "conditions_edition",
        "INSERT",
        "is numbered without gaps",
        _next_number("conditions_edition"),
        "numbered",
    ),
)

_LIVE = (
    "(SELECT p.edition_id FROM conditions_publication p WHERE p.page_id = NEW.id "
    "AND p.kind <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM conditions_publication q "
    "WHERE q.page_id = p.page_id AND q.number > p.number))"
)

PAGES = (
    Guard("conditions_page", "DELETE", "is withdrawn, never deleted"),
    Guard(
        "conditions_page",
        "INSERT",
        "has no edition yet",
        "NEW.live_edition_id IS NOT NULL",
        "born",
    ),
    Guard(
        "conditions_page",
        "UPDATE",
        "shows its newest publication",
        f"NEW.live_edition_id IS NOT {_LIVE}",
        "live",
    ),
    Guard(
        "conditions_page",
        "UPDATE",
        "has its address for ever",
        "(NEW.condition_id, NEW.question_id, NEW.language) <> "
        "(OLD.condition_id, OLD.question_id, OLD.language)",
        "address",
    ),
    Guard(
        "conditions_publication",
        "INSERT",
        "is of an edition of its own page",
        "NOT EXISTS (SELECT 1 FROM conditions_edition e "
        "WHERE e.id = NEW.edition_id AND e.page_id = NEW.page_id)",
        "own",
    ),
    Guard(
        "conditions_publication",
        "INSERT",
        "is numbered without gaps",
        _next_number("conditions_publication"),
        "numbered",
    ),
)
