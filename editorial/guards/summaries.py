"""A summary has a revision for every write, and each revision says what was written.

Together they number history without gaps: a summary begins at 1, goes up by one, has
each revision in history before the next, and history takes that of the moment alone.
"""

from collections.abc import Iterator

from django.apps import apps

from editorial.guards.guard import Guard

_SUMMARY, _HISTORY = "editorial_summary", "editorial_historicalsummary"
_NEWEST = f"(SELECT MAX(h.revision) FROM {_HISTORY} h WHERE h.id = {{}}.id)"


def guards() -> Iterator[Guard]:
    """Yield what holds a summary and its history together."""
    yield from _SUMMARIES
    yield from _REVISIONS
    yield Guard(
        _HISTORY, "INSERT", "true", "is of the summary as it stands", _as_it_stands()
    )


_SUMMARIES = (
    Guard(_SUMMARY, "DELETE", "kept", "is set aside, never deleted"),
    Guard(_SUMMARY, "INSERT", "first", "begins at revision 1", "NEW.revision = 1"),
    Guard(
        _SUMMARY,
        "UPDATE",
        "numbered",
        "has a revision for every write",
        "NEW.revision = OLD.revision + 1",
    ),
    Guard(
        _SUMMARY,
        "UPDATE",
        "address",
        "answers one question for ever",
        "(NEW.id, NEW.condition_id, NEW.question_id, NEW.language) = "
        "(OLD.id, OLD.condition_id, OLD.question_id, OLD.language)",
    ),
    Guard(
        _SUMMARY,
        "UPDATE",
        "locked",
        "is changed as a draft alone",
        "OLD.status IN ('draft', 'changes_requested') OR "
        "(NEW.short_answer, NEW.body) = (OLD.short_answer, OLD.body)",
    ),
    # Where an engine asks nothing at a commit, the next write finds what was left out.
    Guard(
        _SUMMARY,
        "UPDATE",
        "recorded",
        "has its last revision in history",
        f"OLD.revision = {_NEWEST.format('OLD')}",
    ),
    *(
        Guard(
            _SUMMARY,
            event,
            "written",
            "has its revision in history",
            f"(SELECT m.revision FROM {_SUMMARY} m WHERE m.id = NEW.id) = "
            f"{_NEWEST.format('NEW')}",
            at_commit=True,
        )
        for event in ("INSERT", "UPDATE")
    ),
)

_REVISIONS = (
    Guard(
        _HISTORY,
        "INSERT",
        "author",
        "says whether it wrote text",
        f"""NEW.wrote_text = (
            (NEW.short_answer, NEW.body) IS DISTINCT FROM (
                COALESCE((SELECT h.short_answer FROM {_HISTORY} h
                    WHERE h.id = NEW.id AND h.revision = NEW.revision - 1), ''),
                COALESCE((SELECT h.body FROM {_HISTORY} h
                    WHERE h.id = NEW.id AND h.revision = NEW.revision - 1), '')))""",
    ),
)


def _as_it_stands() -> str:
    """Every field that a revision keeps is the summary's own."""
    fields = apps.get_model("editorial.Summary")._meta.local_fields
    same = " AND ".join(
        f"m.{f.column} IS NOT DISTINCT FROM NEW.{f.column}" for f in fields
    )
    # By its key first: PostgreSQL finds no row by an index that may be asked for NULL,
    # and would read every summary at each save.
    return f"EXISTS (SELECT 1 FROM {_SUMMARY} m WHERE m.id = NEW.id AND {same})"
