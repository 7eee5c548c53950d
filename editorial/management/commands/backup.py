"""Copies the whole database into one file, while others write."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from editorial import backups
from editorial.management.progress import bar

NO_HEAD = (
    "The copy is made, but no root of its log is beside it: the log is not there yet, "
    "or is not whole. Run: manage.py verify"
)


class Command(BaseCommand):
    help = (
        "Writes a copy of the whole database into the folder DIR, and beside it its "
        "SHA-256 and the root of its log."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", metavar="DIR", type=Path)

    def handle(self, *, dir: Path, verbosity: int, **options: Any) -> None:
        try:
            path = backups.back_up(dir, bar)
        except backups.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not backups.head_of(path).is_file():
            self.stderr.write(NO_HEAD)
        if verbosity > 1:
            self.stdout.write(str(path))
