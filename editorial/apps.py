"""Wires the newsroom into Django: the app itself, its guards, the desk's admin site."""

import os
import time
from typing import Any

from django.apps import AppConfig
from django.conf import settings
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
        checks.register(_check_proxies, checks.Tags.security, deploy=True)
        checks.register(_check_contact, checks.Tags.security, deploy=True)
        checks.register(_check_rules)
        checks.register(_check_milder_rules, checks.Tags.security, deploy=True)


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


def _check_proxies(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warn where https means a proxy in front, and nothing says that there is one."""
    if not settings.SECURE_SSL_REDIRECT or settings.TRUSTED_PROXIES:
        return []
    return [
        checks.Warning(
            "SITE_URL is https and TRUSTED_PROXIES is 0: all people seem to come from "
            "the proxy, and one of them can shut the login for all.",
            hint="Set TRUSTED_PROXIES to the number of proxies, mostly 1, and let "
            "each add to X-Forwarded-For.",
            id="editorial.W001",
        )
    ]


def _check_contact(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn where nobody who finds a fault of the site is told whom to write to."""
    if settings.SECURITY_CONTACT:
        return []
    return [
        checks.Warning(
            "SECURITY_CONTACT is not set: there is no /.well-known/security.txt.",
            hint="Set it to an address of mail that somebody reads.",
            id="editorial.W002",
        )
    ]


def _check_rules(**kwargs: Any) -> list[checks.Error]:
    """Refuse a file of preflight's rules that nothing could be checked by."""
    from editorial.checks.ruleset import BadRules, rules

    try:
        rules(settings.PREFLIGHT_RULES)
    except BadRules as error:
        return [checks.Error(f"PREFLIGHT_RULES: {error}", id="preflight.E001")]
    return []


def _check_milder_rules(**kwargs: Any) -> list[checks.Warning]:
    """Name the checks that an organisation's rules soften: nobody does so unseen."""
    from editorial.checks.ruleset import BadRules, milder

    try:
        softened = ", ".join(milder(settings.PREFLIGHT_RULES))
    except BadRules:
        return []
    if not softened:
        return []
    return [
        checks.Warning(
            f"PREFLIGHT_RULES makes checks milder: {softened}.",
            hint="Silence this once it is meant so. Every record of a signature names "
            "its rules by their hash, and the review screen says what they soften.",
            id="preflight.W001",
        )
    ]
