"""A migration that fails when half of it is done, in a folder of migrations."""

import shutil
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from pathlib import Path

from django.test import override_settings

NAME = "9999_fails"
FAILS = """\
from django.db import migrations, models


def fail(apps, schema_editor):
    if {lost}:
        schema_editor.connection.close()
        schema_editor.connection.settings_dict["NAME"] = "/nowhere/at/all"
    raise RuntimeError("half-way")


class Migration(migrations.Migration):
    atomic = {atomic}
    dependencies = [("editorial", "{last}")]
    operations = [
        migrations.AddField("LostText", "half", models.TextField(default="")),
        migrations.RunPython(fail),
    ]
"""


@contextmanager
def failing_migration(folder, monkeypatch, *, atomic=True, lost=False):
    """Let the newsroom's last migration be one that fails, or loses its database."""
    name = f"half_way_{atomic}_{lost}".lower()
    package = folder / name
    ours = Path(import_module("editorial.migrations").__file__).parent
    shutil.copytree(ours, package, ignore=shutil.ignore_patterns("__pycache__"))
    last = max(path.stem for path in ours.glob("0*.py"))
    words = FAILS.format(atomic=atomic, lost=lost, last=last)
    (package / f"{NAME}.py").write_text(words)
    monkeypatch.syspath_prepend(folder)
    invalidate_caches()
    with override_settings(MIGRATION_MODULES={"editorial": name}):
        yield
