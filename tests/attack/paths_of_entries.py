"""Ways to write an entry of the catalogue, whose words a signature freezes.

No guard watches these tables: what is signed holds them by value, and the next signer
reads them. The ORM leaves no record out; who goes past it is named by `verify`.
"""

from django.db import connection
from django.db.models import QuerySet
from django.test import override_settings

from conditions.models import Condition, Source
from editorial import catalogue
from editorial.models import User
from tests.attack.paths import named, recorded, refused
from tests.attack.paths_past_the_verbs import NOBODY, load


def entry(world, **fields):
    row = Condition.objects.get(pk=world.desk.condition.pk)
    row.community_name, row._history_user = "Forged", world.desk.editor
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def sql(statement):
    def do(world):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return do


def switched_off(world):
    with override_settings(SIMPLE_HISTORY_ENABLED=False):
        entry(world).save()


def stale(world):
    row = entry(world, abbreviation="Late")
    row.save(update_fields=["abbreviation"])


def forged_history(world):
    row = Condition.history.first()
    row.history_id, row.name = None, "another name"
    load([row])


def deleted(world):
    QuerySet(Source).filter(key="pmid:11784876").delete()


def by_the_gate(world):
    assert catalogue.save(entry(world), by=world.desk.editor)


OF_ENTRIES = (
    recorded("an entry: by its gate", by_the_gate),
    refused("an entry: update()", lambda w: Condition.objects.update(name="x")),
    refused("an entry: delete()", lambda w: entry(w).delete()),
    refused("an entry: save_base(raw=True)", lambda w: entry(w).save_base(raw=True)),
    refused("an entry: loaddata", lambda w: load([entry(w)])),
    refused(
        "an entry: save_without_historical_record",
        lambda w: entry(w).save_without_historical_record(),
    ),
    refused(
        "an entry: skip_history_when_saving = False",
        lambda w: entry(w, skip_history_when_saving=False).save(),
    ),
    refused("an entry: SIMPLE_HISTORY_ENABLED = False", switched_off),
    refused("an entry: nobody's save", lambda w: entry(w, _history_user=None).save()),
    refused(
        "an entry: failing history insert in autocommit",
        lambda w: entry(w, _history_user=User(pk=NOBODY)).save(),
    ),
    named("an entry: save() past its gate", lambda w: entry(w).save()),
    named("an entry: stale row + save(update_fields)", stale),
    named(
        "an entry: update() past the manager",
        lambda w: QuerySet(Condition).update(community_name="Forged"),
    ),
    refused("an entry: delete() past the manager", deleted),
    named(
        "an entry: raw SQL DELETE",
        sql("DELETE FROM conditions_source WHERE key = 'pmid:11784876'"),
    ),
    named(
        "an entry: raw SQL UPDATE",
        sql("UPDATE conditions_condition SET abbreviation = 'Forged'"),
    ),
    named("an entry: forged historical row", forged_history),
)
