"""Wires the newsroom into Django: the app itself, its guards, the desk's admin site."""

import os
import time
from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class EditorialConfig(AppConfig):
    name = "editorial"

    def ready(self) -> None:
        pre_migrate.connect(_lift_guards, sender=self)
        post_migrate.connect(_install_guards, sender=self)
        connection_created.connect(_know_the_hash)
        connection_created.connect(_keep_no_read_only_file)
        checks.register(_check_guards, checks.Tags.database)


class DeskConfig(AdminConfig):
    default_site = "editorial.desk.site.DeskSite"


def _know_the_hash(connection: Any, **kwargs: Any) -> None:
    from editorial.guards import sqlite

    sqlite.know_the_hash(connection)


def _keep_no_read_only_file(connection: Any, **kwargs: Any) -> None:
    """Let a SQLite connection end with its request where the file takes no writes now.

    It would go on refusing them long after the file takes them again.
    """
    on_disk = connection.vendor == "sqlite" and not connection.is_in_memory_db()
    if on_disk and not os.access(connection.settings_dict["NAME"], os.W_OK):
        connection.close_at = time.monotonic()


def _lift_guards(using: str, **kwargs: Any) -> None:
    from editorial import guards

    guards.drop(using)


def _install_guards(using: str, **kwargs: Any) -> None:
    from editorial import guards

    guards.install(using)


def _check_guards(
    databases: list[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    from editorial import guards, health

    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        for sentence in guards.too_old(alias):
            found.append(checks.Error(f"{alias}: {sentence}", id="guards.E001"))
        # A warning, because `migrate` runs the checks first and is what mends them.
        if not health.missing_migrations() and (differ := guards.differences(alias)):
            words = f"{alias}: " + "; ".join(differ) + "."
            found.append(checks.Warning(words, hint="Run migrate.", id="guards.W001"))
    return found
