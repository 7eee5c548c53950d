"""Ways to write a text past the verbs: by the ORM, by SQL, by what a package offers."""

import tempfile
from pathlib import Path

from asgiref.sync import async_to_sync
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.test import override_settings
from simple_history import utils

from editorial.models import Summary, User
from tests.attack.arena import OLD
from tests.attack.paths import draft, named, refused

NOBODY = 10**9
OTHER = "Take two [@gard-poh]."


def changed(world):
    row = draft(world)
    row.body = OTHER
    return row


def authored(world, **fields):
    """A row as the gate itself would save it, but for what is false in it."""
    row = draft(world)
    row.revision += 1
    row.move, row.wrote_text = "revise", False
    row._history_user = world.desk.writer
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def sql(statement):
    def do(world):
        with connection.cursor() as cursor:
            cursor.execute(statement, [world.draft.pk])

    return do


def rows_of(world):
    return QuerySet(Summary).filter(pk=world.draft.pk)


def load(rows):
    """Bring rows in as a fixture does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.json"
        path.write_text(serializers.serialize("json", rows))
        call_command("loaddata", str(path), verbosity=0)


def load_altered_history(world):
    row = draft(world).history.first()
    row.body = OTHER
    load([row])


def load_more_history(world):
    row = draft(world).history.first()
    row.history_id, row.revision = None, row.revision + 1
    load([row])


def deferred(world):
    row = QuerySet(Summary).only("id", "drafting_note").get(pk=world.draft.pk)
    row.drafting_note = "Altered."
    row.save()


def skipping(skip):
    def do(world):
        row = authored(world)
        row.skip_history_when_saving = skip
        row.save()

    return do


def switched_off(world):
    with override_settings(SIMPLE_HISTORY_ENABLED=False):
        authored(world).save()


def stale(world):
    """A row that somebody else has moved on; saved in one field, as if it were new."""
    row = authored(world, drafting_note="Late.")
    row.revision -= 1
    row.save(update_fields=["drafting_note"])


def stale_with_a_number(world):
    row = authored(world, drafting_note="Late.", body=OTHER)
    row.save(update_fields=["drafting_note", "revision", "move", "wrote_text"])


def by_an_expression(world):
    note = Concat(F("drafting_note"), Value(" More."))
    authored(world, drafting_note=note, revision=F("revision") + 1).save()


def without_an_author(world):
    row = authored(world)
    del row._history_user
    row.save()


def forged_author(world):
    """Words of one person in the name of another, past the gate."""
    changed(world).save()


def restored_from_history(world):
    QuerySet(Summary).get(pk=world.ready.pk).history.last().instance.save()


def two_at_once(world):
    clean = ("clean_duplicate_history", "editorial.Summary")
    call_command(*clean, excluded_fields=_all_but("id"), verbosity=0)


def _all_but(kept):
    return [field.name for field in Summary._meta.fields if field.name != kept]


def deleted_author(world):
    world.desk.writer.delete()


def upsert(world):
    QuerySet(Summary).bulk_create(
        [changed(world)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["body"],
    )


def with_history(world):
    utils.bulk_update_with_history([changed(world)], Summary, ["body"])


def more_with_history(world):
    row = changed(world)
    row.pk, row.question = None, world.withdrawn.question
    utils.bulk_create_with_history([row], Summary, default_user=world.desk.writer)


PAST_THE_VERBS = (
    refused("save()", lambda w: changed(w).save()),
    refused("save(update_fields)", lambda w: changed(w).save(update_fields=["body"])),
    refused(
        "update_or_create",
        lambda w: Summary.objects.update_or_create(
            pk=w.draft.pk, defaults={"body": OTHER}
        ),
    ),
    refused("deferred save", deferred),
    refused("bulk_create_with_history", more_with_history),
    refused("bulk_update_with_history", with_history),
    refused("delete()", lambda w: draft(w).delete()),
    refused("queryset.delete()", lambda w: rows_of(w).delete()),
    refused("the manager's delete()", lambda w: Summary.objects.all().delete()),
    refused("update()", lambda w: Summary.objects.update(body=OTHER)),
    refused(
        "aupdate()", lambda w: async_to_sync(QuerySet(Summary).aupdate)(body=OTHER)
    ),
    refused("filtered update()", lambda w: rows_of(w).update(body=OTHER)),
    refused("bulk_update", lambda w: rows_of(w).bulk_update([changed(w)], ["body"])),
    refused("bulk_create", lambda w: QuerySet(Summary).bulk_create([changed(w)])),
    refused("bulk_create(update_conflicts)", upsert),
    refused(
        "raw SQL UPDATE",
        sql("UPDATE editorial_summary SET body = 'Take two.' WHERE id = %s"),
    ),
    refused("raw SQL DELETE", sql("DELETE FROM editorial_summary WHERE id = %s")),
    refused("_raw_delete", lambda w: rows_of(w)._raw_delete("default")),
    refused("save_base(raw=True)", lambda w: authored(w).save_base(raw=True)),
    refused("loaddata", lambda w: load([authored(w)])),
    refused(
        "save_without_historical_record",
        lambda w: authored(w).save_without_historical_record(),
    ),
    refused("skip_history_when_saving = True", skipping(True)),
    refused("skip_history_when_saving = False", skipping(False)),
    refused("SIMPLE_HISTORY_ENABLED = False", switched_off),
    refused("stale row + save(update_fields)", stale),
    refused("stale row + update_fields, numbered", stale_with_a_number),
    refused("save outside a request", without_an_author),
    refused("history.update()", lambda w: draft(w).history.update(body=OTHER)),
    refused("history.delete()", lambda w: draft(w).history.all().delete()),
    refused("loaddata over a historical row", load_altered_history),
    refused("loaddata of one historical row more", load_more_history),
    refused(
        "clean_old_history",
        lambda w: call_command(
            "clean_old_history", "editorial.Summary", days=-1, verbosity=0
        ),
    ),
    refused("clean_duplicate_history", two_at_once),
    refused("deletion of an author", deleted_author),
    refused(
        "deletion of an author by SQL",
        sql("DELETE FROM editorial_user WHERE id <> %s"),
    ),
    refused("F() + save() in autocommit", by_an_expression),
    refused(
        "failing history insert in autocommit",
        lambda w: authored(w, _history_user=User(pk=NOBODY)).save(),
    ),
    refused(
        "forged _history_user, words not told of",
        lambda w: authored(w, body=OTHER, _history_user=w.desk.reviewer).save(),
    ),
    named(
        "forged _history_user, all told but the log",
        lambda w: authored(
            w, body=OTHER, wrote_text=True, _history_user=w.desk.reviewer
        ).save(),
    ),
    named(
        "forged _history_date, all told but the log",
        lambda w: authored(w, _history_date=OLD).save(),
    ),
    refused("restored past the verb", restored_from_history),
    refused(
        "update_change_reason",
        lambda w: utils.update_change_reason(draft(w), "Another reason."),
    ),
    refused(
        "bulk_history_create",
        lambda w: Summary.history.bulk_history_create(
            [authored(w)], default_user=w.desk.writer
        ),
    ),
    refused("history row saved", lambda w: draft(w).history.first().save()),
    refused("history row deleted", lambda w: draft(w).history.first().delete()),
)
