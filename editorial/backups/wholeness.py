"""Whether a database that was just restored is whole; the one place that asks."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from editorial import guards, health
from editorial.backups.files import Refused

OURS = ("conditions", "editorial")
VERIFY = "Now run: manage.py check --database default"


def left_to_do() -> list[str]:
    """Return what an operator does next; raise Refused where nobody may serve it."""
    if unknown := _migrations_of_newer_code():
        raise Refused(
            f"The copy was made by newer code: nobody here knows {', '.join(unknown)}. "
            "It is restored; serve it with that code."
        )
    if missing := health.missing_migrations():
        # Guards are compared with what this code has, so after that alone.
        return [*missing, *_rights(), VERIFY]
    if found := guards.differences():
        raise Refused(
            f"The copy is restored, but its guards are not as they were: "
            f"{'; '.join(found)}. Use another copy."
        )
    return [*_rights(), VERIFY]


def _rights() -> list[str]:
    """A copy holds nobody's rights, since its roles may not be those of this server."""
    if connection.vendor == "sqlite":
        return []
    return ["Where the site has a role of its own, run: manage.py database_role"]


def _migrations_of_newer_code() -> list[str]:
    loader = MigrationExecutor(connection).loader
    return [
        f"{app}.{name}"
        for app, name in sorted(loader.applied_migrations)
        if app in OURS and (app, name) not in loader.disk_migrations
    ]
