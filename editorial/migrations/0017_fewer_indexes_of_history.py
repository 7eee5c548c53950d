"""Drops indexes of the history of summaries that another covers, or nobody asks.

By their names: to alter its columns would have SQLite copy all of the history, once for
each of them.
"""

from django.conf import settings
from django.db import migrations, models

TABLE = "editorial_historicalsummary"
DROPPED = {
    "id": "3387b94d",
    "history_date": "fa262256",
    "history_user_id": "8c644988",
    "condition_id": "c4f771b5",
    "question_id": "149ac1c0",
    "assigned_reviewer_id": "2107c975",
    "assigned_writer_id": "c1040160",
}


def dropped(column, digits):
    name = f"{TABLE}_{column}_{digits}"
    return migrations.RunSQL(
        f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {TABLE} ({column})"
    )


def key(to, **how):
    return models.ForeignKey(to, db_index=False, related_name="+", **how)


def copied(to):
    how = {"blank": True, "null": True, "db_constraint": False}
    return key(to, **how, on_delete=models.DO_NOTHING)


FIELDS = {
    "id": models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
    "history_date": models.DateTimeField(),
    "history_user": key(settings.AUTH_USER_MODEL, on_delete=models.PROTECT),
    "condition": copied("conditions.condition"),
    "question": copied("conditions.question"),
    "assigned_reviewer": copied(settings.AUTH_USER_MODEL),
    "assigned_writer": copied(settings.AUTH_USER_MODEL),
}
STATE = [
    migrations.AlterField(model_name="historicalsummary", name=name, field=field)
    for name, field in FIELDS.items()
]


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0007_printed_head"),
        ("editorial", "0016_large_sites"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[dropped(*index) for index in DROPPED.items()],
            state_operations=STATE,
        )
    ]
