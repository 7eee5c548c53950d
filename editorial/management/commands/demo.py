"""Fills an empty database with a demonstration, by driving the real verbs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from editorial.sample import people, story

REFUSAL = (
    "This database was not made by the demonstration, so it is left as it is: set "
    "DATABASE_URL to one that is empty or does not exist yet."
)
# Rows that `migrate` itself makes.
MIGRATED = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
}
OURS = ("conditions_", "editorial_")


class Command(BaseCommand):
    help = (
        "Fill an empty database with a demonstration; a second run keeps what is there."
    )
    # The tables that checks look at may not be there yet.
    requires_system_checks = ()

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        if not may_be_filled():
            raise CommandError(REFUSAL)
        call_command("migrate", verbosity=0, interactive=False)
        fill()
        if verbosity:
            self.stdout.write("\n".join(welcome()))


def may_be_filled() -> bool:
    """Say whether the database is empty, or is the demonstration's own.

    Asked before anything is migrated, so it trusts no table to be there.
    """
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    if "conditions_historicalreviewer" in there and people.is_demonstration():
        return True
    models = apps.get_models(include_auto_created=True)
    known = {model._meta.db_table: model for model in models}
    strange = there - known.keys() - MIGRATED
    if any(not name.startswith(OURS) for name in strange):
        return False
    kept = (known.keys() & there) - MIGRATED
    return not any(known[name]._base_manager.exists() for name in kept)


@transaction.atomic
def fill() -> None:
    """Tell the whole story or none of it, so that a killed run leaves an empty site."""
    if not people.is_demonstration():
        with signing_by_password():
            story.tell()


@contextmanager
def signing_by_password() -> Iterator[None]:
    """Let the people of the story sign: a second factor is no part of their past."""
    required, settings.REQUIRE_SECOND_FACTOR = settings.REQUIRE_SECOND_FACTOR, False
    try:
        yield
    finally:
        settings.REQUIRE_SECOND_FACTOR = required


def welcome() -> list[str]:
    """Return what the person at the terminal reads: the address and the logins."""
    logins = [
        f"  {person.username:<10} {person.password:<20} {person.name}, {person.part}"
        for person in people.cast()
    ]
    return [
        "The demonstration is ready. Its people are fictional.",
        *logins,
        f"Site: {settings.SITE_URL}/",
        f"Desk: {settings.SITE_URL}/admin/",
    ]
