"""Writes the working summaries as files that import_summaries reads."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from conditions.models import Condition
from editorial import exporting


class Command(BaseCommand):
    help = "Writes each working summary to DIR/<condition>/<question>.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", metavar="DIR", type=Path)
        parser.add_argument(
            "--condition",
            action="append",
            metavar="SLUG",
            help="only this condition's; may be given several times",
        )

    def handle(
        self, *, dir: Path, condition: list[str] | None, verbosity: int, **options: Any
    ) -> None:
        for slug in condition or []:
            if not Condition.objects.filter(slug=slug).exists():
                raise CommandError(f"No condition has the slug {slug}.")
        try:
            dir.mkdir(parents=True, exist_ok=True)
            for summary in exporting.chosen(condition):
                path = exporting.write(summary, dir)
                if verbosity > 1:
                    self.stdout.write(str(path))
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
