from django.db import migrations, models


def unprint(apps, schema_editor):
    """Nothing that was printed before has the new code; it is printed again."""
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
    ]
