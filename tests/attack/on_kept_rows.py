"""Attacks on rows that are written once, and on the log."""

from functools import partial

from django.db.models import QuerySet

from conditions.models import Proof
from editorial import guards
from editorial.models import LogEntry
from tests.attack.arena import forge, newest, put
from tests.attack.attack import Attack, sql


def on_kept_rows():
    for model in guards.kept_models():
        table, key = model._meta.db_table, model._meta.pk.column
        yield Attack(
            f"UPDATE of {table}",
            f"guard_{table}_update_kept",
            sql(f"UPDATE {table} SET {key} = {key}"),
        )
        yield Attack(
            f"DELETE from {table}",
            f"guard_{table}_delete_kept",
            sql(f"DELETE FROM {table}"),
        )
        yield Attack(
            f"TRUNCATE of {table}",
            f"guard_{table}_delete_kept",
            sql(f"TRUNCATE {table} CASCADE"),
            only="postgresql",
        )
        yield Attack(
            f"REPLACE into {table}",
            f"guard_{table}_insert_once",
            partial(replace, model=model),
            only="sqlite",
        )


def replace(world, model):
    """Write a row that is good in all but being in the place of another."""
    oldest = QuerySet(model).order_by("pk").values()[:1].get()
    match model._meta.db_table:
        case "editorial_signoff" | "conditions_edition" | "conditions_publication":
            name = model._meta.model_name
            forge(world, upto=name, replace=name, **{name: {"id": oldest["id"]}})
        case "editorial_historicalsummary":
            changed = {"history_id": oldest["history_id"]}
            forge(world, replace="history", history=changed)
        case "editorial_logentry":
            # Its number is the next: the row that it is about is what is taken.
            row = newest(LogEntry, row__isnull=False)
            number = newest(LogEntry)["number"] + 1
            entry = row["entry"].replace(
                f'"number":{row["number"]},', f'"number":{number},'
            )
            put(model, row | {"number": number, "entry": entry}, replace=True)
        case "editorial_commentact":
            # With the next number, so that only its key is taken.
            last = newest(model, comment_id=oldest["comment_id"])
            put(model, oldest | {"number": last["number"] + 1}, replace=True)
        case _:
            put(model, oldest, replace=True)


def entry(number=1, **changed):
    def do(world):
        last = newest(LogEntry)
        asked = last["number"] + number
        text = (
            last["entry"]
            .replace(f'"number":{last["number"]},', f'"number":{asked},')
            .replace(f'"row":"{last["row"]}"', '"row":null')
        )
        put(LogEntry, last | {"number": asked, "entry": text, "row": None} | changed)

    return do


def other_proof(world):
    """An edition that is signed, with the place in the log of another."""
    edition = forge(world, upto="edition")["edition"]["id"]
    put(Proof, newest(Proof) | {"id": None, "edition_id": edition})


LOG = (
    Attack(
        "an entry number left out", "guard_editorial_logentry_insert_numbered", entry(2)
    ),
    Attack(
        "an entry that says another act",
        "guard_editorial_logentry_insert_true",
        entry(act="other"),
    ),
    Attack(
        "an edition's proof given to another",
        "guard_conditions_proof_insert_own",
        other_proof,
    ),
)
