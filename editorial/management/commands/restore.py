"""Fills an empty database from a file that `backup` wrote, and says what comes next."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from editorial import backups


class Command(BaseCommand):
    help = "Fills the empty database that DATABASE_URL names from the copy FILE."
    # The tables that checks look at are not there yet.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, file: Path, verbosity: int, **options: Any) -> None:
        try:
            next_steps = backups.restore(file)
        except backups.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if verbosity:
            self.stdout.write("\n".join(next_steps))
