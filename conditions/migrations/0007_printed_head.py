from django.db import migrations, models


def unprint(apps, schema_editor):
    """Neither way knows the code of the other: all is printed again."""
    printed = apps.get_model("conditions", "Printed").objects
    printed.using(schema_editor.connection.alias).update(
        printing=None, imprint="", code="", body=b""
    )


class Migration(migrations.Migration):
    dependencies = [("conditions", "0006_allowance")]

    operations = [
        migrations.RunPython(unprint, migrations.RunPython.noop),
        *(
            migrations.RemoveField("printed", name)
            for name in ("status", "headers", "printed_on", "key", "sha256")
        ),
        migrations.AddField(
            "printed", "head", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AlterField(
            "printed", "code", models.CharField(blank=True, max_length=73)
        ),
        # The first of them on the way back, where a code must be short again.
        migrations.RunPython(migrations.RunPython.noop, unprint),
    ]
