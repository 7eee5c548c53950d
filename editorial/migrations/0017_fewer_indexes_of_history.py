"""Drops indexes of the history of summaries that another covers, or nobody asks.

By their names: to alter its columns would have SQLite copy all of the history, once for
each of them.
"""

import django.db.models.deletion
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
        f"DROP INDEX {name}", f"CREATE INDEX {name} ON {TABLE} ({column})"
    )


STATE = [
    migrations.AlterField(
        model_name="historicalsummary",
        name="assigned_reviewer",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            db_index=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AlterField(
        model_name="historicalsummary",
        name="assigned_writer",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            db_index=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AlterField(
        model_name="historicalsummary",
        name="condition",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            db_index=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="conditions.condition",
        ),
    ),
    migrations.AlterField(
        model_name="historicalsummary",
        name="history_date",
        field=models.DateTimeField(),
    ),
    migrations.AlterField(
        model_name="historicalsummary",
        name="history_user",
        field=models.ForeignKey(
            db_index=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AlterField(
        model_name="historicalsummary",
        name="id",
        field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
    ),
    migrations.AlterField(
        model_name="historicalsummary",
        name="question",
        field=models.ForeignKey(
            blank=True,
            db_constraint=False,
            db_index=False,
            null=True,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="conditions.question",
        ),
    ),
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
