"""Refuses to go back where that would lose what somebody said, read or decided."""

from django.db import migrations
from django.db.migrations.exceptions import IrreversibleError

# Tables, and columns of kept rows, that the migrations before this one made.
MADE = (
    *(("editorial", name, "pk") for name in ("Comment", "WrittenReason", "Reading")),
    *(("editorial", "Triage", "pk"), ("conditions", "Report", "pk")),
    ("editorial", "SignOff", "lapses_on"),
    ("editorial", "HistoricalSummary", "review_wanted_by"),
)


def refuse_to_lose(apps, schema_editor):
    for app, name, column in MADE:
        model = apps.get_model(app, name)
        rows = model._base_manager.exclude(**{column: None}).count()
        if rows:
            told = f"{rows} of {model._meta.verbose_name}"
            raise IrreversibleError(
                f"The database holds {told} ({column}): going back loses them."
            )


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0003_reports"),
        ("editorial", "0013_triage"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, refuse_to_lose),
    ]
