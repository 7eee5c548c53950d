"""The three roles, as groups; their names are those of editorial.states.Role."""

from django.db import migrations

ROLES = ("Writers", "Medical reviewers", "Editors")


def make(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("editorial", "0002_newsroom")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
