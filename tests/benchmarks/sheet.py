"""Rows gathered with their keys and their entries of the log, then stored at once.

Keys are given out here, since the log holds the hash of a row with its key.
"""

from collections import defaultdict

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections

from conditions.models import Edition, Page, Proof, Publication
from editorial import kept_rows, log
from editorial.models import LogEntry, SignOff, Summary

STEERED = ("status", "move", "wrote_text", "revision", "body", "assigned_reviewer_id")


class Sheet:
    """What one move of a batch writes; `tree` is the log's, held by who writes."""

    def __init__(self):
        self.tree, self._last = None, defaultdict(int)
        self._begin()

    def _begin(self):
        self._rows, self._shown, self._steered = defaultdict(list), [], []

    def row(self, model, **fields):
        """Return a new row with the next key of its table."""
        if model not in self._last:
            keys = model._base_manager.order_by("-pk").values_list("pk", flat=True)
            self._last[model] = keys.first() or 0
        self._last[model] += 1
        row = model(**{model._meta.pk.attname: self._last[model]}, **fields)
        self._rows[model].append(row)
        return row

    def enter(self, act, by, about, row, **facts):
        """Return the entry of the log that vouches for a row."""
        values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
        written = kept_rows.name(type(row), row.pk), kept_rows.sha256(values)
        told = {"by": by, "about": about, "written": written}
        entry = log.next_entry(self.tree, act, **told, **facts)
        self._rows[LogEntry].append(entry)
        return entry

    def steer(self, row):
        """Let the stored summary become as this one is now."""
        self._steered.append([*(getattr(row, name) for name in STEERED), row.pk])

    def show(self, page, edition):
        """Let a page show an edition, or none."""
        self._shown.append((edition and edition.pk, page.pk))

    def store(self):
        """Store all of it, in an order that the guards let in, and begin anew."""
        for model in (SignOff, Page, Edition, LogEntry, Proof, Publication):
            _insert(self._rows[model])
        _change("conditions_page", ("live_edition_id",), self._shown)
        _insert(self._rows[Summary])
        _change("editorial_summary", STEERED, self._steered)
        _insert(self._rows[Summary.history.model])
        self._begin()

    def close(self):
        """Let the database go on counting after the keys that were given out."""
        given = [model for model in self._last if model is not LogEntry]
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), given):
                cursor.execute(sql)


def _insert(rows):
    """Insert rows past the manager that keeps people from doing so."""
    if not rows:
        return
    meta = rows[0]._meta
    fields = meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places, db = ", ".join(["%s"] * len(fields)), connections[DEFAULT_DB_ALIAS]
    _run(
        f"INSERT INTO {meta.db_table} ({columns}) VALUES ({places})",
        [
            [one.get_db_prep_save(getattr(row, one.attname), db) for one in fields]
            for row in rows
        ],
    )


def _change(table, columns, rows):
    """Change those columns of rows, of which each ends with its key."""
    put = ", ".join(f"{column} = %s" for column in columns)
    _run(f"UPDATE {table} SET {put} WHERE id = %s", rows)


def _run(sql, rows):
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
