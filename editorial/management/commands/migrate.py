"""Django's `migrate`, after which the guards stand even where it failed half-way.

They are lifted for it (`apps.py`), and a success alone puts them back.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import DatabaseError

from editorial import guards

SHUT = (
    "The guards are lifted, and could not be put back: the site stays shut until a "
    "migrate succeeds."
)


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            super().handle(*args, **options)
        except (Exception, KeyboardInterrupt):
            self._put_back(options["database"])
            raise

    def _put_back(self, alias: str) -> None:
        """Install what a failure left out, and hide nothing of the failure itself."""
        try:
            if guards.differences(alias):
                guards.install(alias)
        except DatabaseError:
            self.stderr.write(SHUT)
