"""Prints, or applies, the SQL of the PostgreSQL role that the site is to run as."""

import re
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from editorial import guards

NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class Command(BaseCommand):
    help = (
        "Prints the SQL of a role that serves the site, and can neither lift a guard "
        "nor change what is kept. Run as the owner (MIGRATION_DATABASE_URL), again "
        "after each migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the role in DATABASE_URL")
        parser.add_argument(
            "--apply", action="store_true", help="run the SQL, all of it or nothing"
        )

    def handle(self, *, name: str, apply: bool, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(
                "SQLite has no roles: whoever may write its file may lift its guards. "
                "Let the site's own user alone write it."
            )
        if not NAME.fullmatch(name) or name.startswith("pg_"):
            raise CommandError(
                f"“{name}” names no role: use a to z, digits and _, such as desk."
            )
        with transaction.atomic():
            lines = guards.role_statements(name)
            if apply:
                self._refuse_self(name)
                with connection.cursor() as cursor:
                    cursor.execute("; ".join(lines))
        if apply:
            self.stdout.write(f"The role {name} is ready; give it a password in psql.")
        else:
            self.stdout.write("\n".join(f"{line};" for line in lines))

    def _refuse_self(self, name: str) -> None:
        """The owner must not be turned into the role that owns nothing."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            if cursor.fetchone() == (name,):
                raise CommandError(
                    f"{name} is the owner of these tables: name another role, "
                    "and keep the owner's for MIGRATION_DATABASE_URL."
                )
