"""One random alteration: an edit, a deletion, an insertion, a swap or a truncation."""

import json
from datetime import date, datetime, timedelta

from django.db import connection, models

from conditions.models import (
    Condition,
    Page,
    Proof,
    Question,
    Reviewer,
    Source,
)
from editorial import guards, kept_rows
from editorial.models import LogEntry, ReviewerAccount, Summary, User
from tests.tampering.rebuilding import run

Held = User.groups.through  # which account holds which role
LIVE = (Summary, Page, Condition, Question, Reviewer, Source, ReviewerAccount)
COVERED = (*guards.kept_models(), *LIVE, User, Held)
# No word of them is said anywhere: an edition's proof is found by its edition, a role
# by its account; names, addresses and passwords are their owners'.
UNSAID = {
    *((Proof, "id"), (Held, "id")),
    *((User, name) for name in ("password", "last_login", "username", "date_joined")),
    *((User, name) for name in ("first_name", "last_name", "email")),
}


class Alteration:
    """What was done, in words, and the names of the rows that `verify` may name."""

    def __init__(self, chance):
        self.chance, self.names, self.told = chance, set(), ""
        self.needs_a_kept_root = False

    def alter(self):
        """Do one; return False where nothing was altered."""
        kinds = (self.edit, self.delete, self.insert, self.swap, self.cut_off)
        kind = self.chance.choices(kinds, weights=(8, 3, 2, 3, 1))[0]
        return kind()

    def edit(self):
        model, row = self._row()
        field = self._field(model)
        new = self._other(field, row[field.attname])
        if connection.vendor == "sqlite" and self.chance.random() < 0.1:
            new = self.chance.choice((b"\xff", "no number", "null", 4096, ""))
        return self._set(model, row, field, new)

    def delete(self):
        model, row = self._row()
        self._say(model, row, "DELETE")
        newest = model is LogEntry and row["number"] == LogEntry.objects.count()
        self.needs_a_kept_root = newest  # a log cut off agrees with itself
        table, key = model._meta.db_table, model._meta.pk.column
        return run(f"DELETE FROM {table} WHERE {key} = %s", row[key]) == 1

    def insert(self):
        """Forge a row after the pattern of one that is there."""
        model, row = self._row()
        row = dict(row)
        for field in model._meta.concrete_fields:
            if (
                field.primary_key
                or field.unique
                or field.name in ("number", "revision")
            ):
                row[field.attname] = self._unused(model, field, row[field.attname])
        self._say(model, row, f"INSERT {row}")
        columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
        marks = ", ".join(["%s"] * len(columns))
        run(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
            f"VALUES ({marks})",
            *(_stored(f, row[f.attname]) for f in model._meta.concrete_fields),
        )
        return True

    def swap(self):
        """Exchange one column of two rows."""
        model, one = self._row()
        other = self.chance.choice(list(model._base_manager.values()))
        field = self._field(model)
        if field.primary_key or one[field.attname] == other[field.attname]:
            return False
        first = self._set(model, one, field, other[field.attname])
        return first and self._set(model, other, field, one[field.attname])

    def cut_off(self):
        """Take the newest entries, with or without the rows that they vouch for."""
        size = LogEntry.objects.count()
        keep = size - self.chance.randint(1, min(12, size))
        gone = LogEntry.objects.filter(number__gt=keep).values_list("row", flat=True)
        rows = [row for row in gone if row]
        self.told, self.needs_a_kept_root = f"CUT OFF after {keep}: {rows}", True
        run("DELETE FROM editorial_logentry WHERE number > %s", keep)
        if self.chance.random() < 0.5:
            run("DELETE FROM conditions_proof WHERE number > %s", keep)
            for row in rows:
                table, _, pk = row.partition(":")
                key = "history_id" if "historical" in table else "id"
                run(f"DELETE FROM {table} WHERE {key} = %s", pk)
        return True

    def _row(self):
        model = self.chance.choice(COVERED)
        rows = list(model._base_manager.order_by("pk").values())
        while not rows:
            model = self.chance.choice(COVERED)
            rows = list(model._base_manager.order_by("pk").values())
        return model, self.chance.choice(rows)

    def _field(self, model):
        fields = model._meta.concrete_fields
        return self.chance.choice(
            [field for field in fields if (model, field.name) not in UNSAID]
        )

    def _set(self, model, row, field, new):
        if new == row[field.attname] and type(new) is type(row[field.attname]):
            return False
        self._say(model, row, f"{field.column}: {row[field.attname]!r} → {new!r}")
        if field.primary_key or model is Held:
            self._say(model, row | {field.attname: new}, "")
        table, key = model._meta.db_table, model._meta.pk.column
        sql = f'UPDATE {table} SET "{field.column}" = %s WHERE {key} = %s'
        return run(sql, _stored(field, new), row[key]) == 1

    def _say(self, model, row, words):
        key = row[model._meta.pk.attname]
        name = kept_rows.name(model, key)
        self.told += f" {name} {words}"
        self.names.add(f"Entry {key}" if model is LogEntry else name)
        if model is Proof:
            self.names |= {f"conditions_edition:{row['edition_id']}"}
        if model is Held:
            self.names |= {f"editorial_user:{row['user_id']}"}

    def _unused(self, model, field, value):
        if isinstance(value, int):
            top = model._base_manager.aggregate(top=models.Max(field.attname))["top"]
            return top + 1
        return f"{value}x" if isinstance(value, str) else value

    def _other(self, field, value):
        """Return another value of the column's own type, often but little different."""
        target = getattr(field, "target_field", field)
        if value is None:
            return _something(target)
        if field.null and self.chance.random() < 0.1:
            return None
        match value:
            case bool():
                return not value
            case int():
                return value + self.chance.choice((-1, 1, 1, 1000))
            case datetime():
                return value + timedelta(microseconds=self.chance.choice((1, 10**9)))
            case date():
                return value + timedelta(days=1)
            case str():
                return self._other_text(value, field.max_length)
        return [*value, "x"]

    def _other_text(self, text, longest):
        if not text:
            return "x"
        at = self.chance.randrange(len(text))
        flipped = chr(ord(text[at]) ^ 1 << self.chance.randrange(7))
        if flipped == "\0" or "\ud800" <= flipped <= "\udfff":
            flipped = "?"
        others = [text[:at] + flipped + text[at + 1 :], text[:at] + text[at + 1 :]]
        if longest is None or len(text) < longest:
            others.append(text + " ")
        return self.chance.choice(others)


def _something(field):
    match field:
        case models.DateTimeField():
            return datetime.fromisoformat("2026-05-08T10:12:00+00:00")
        case models.DateField():
            return date(2026, 5, 8)
        case models.IntegerField():
            return 1
    return ""


def _stored(field, value):
    if isinstance(value, bytes | str | int) and not isinstance(field, models.CharField):
        return value  # SQLite stores what comes, of whatever type
    if isinstance(field, models.JSONField) and isinstance(value, list):
        return json.dumps(value)
    return field.get_db_prep_save(value, connection)
