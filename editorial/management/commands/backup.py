"""Copies the whole database into one file, while others write."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from editorial import backups


class Command(BaseCommand):
    help = "Writes a copy of the whole database, and its SHA-256, into the folder DIR."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", metavar="DIR", type=Path)

    def handle(self, *, dir: Path, verbosity: int, **options: Any) -> None:
        try:
            path = backups.back_up(dir)
        except backups.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if verbosity > 1:
            self.stdout.write(str(path))
