"""Fills an empty database from a copy of `backup`, verifies it, says what is next."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from editorial import backups
from editorial.management.progress import bar
from editorial.verifying import heads


class Command(BaseCommand):
    help = (
        "Fills the empty database that DATABASE_URL names from the copy FILE, and "
        "verifies every row of it."
    )
    # The tables that checks look at are not there yet.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--head",
            type=Path,
            metavar="HEAD",
            help="the root that was written with the copy, where it is not beside it",
        )
        parser.add_argument(
            "--against",
            type=Path,
            action="append",
            default=[],
            metavar="HEAD",
            help="a root that was kept, as for verify: tell of a copy older than that",
        )

    def handle(
        self,
        *,
        file: Path,
        against: list[Path],
        verbosity: int,
        head: Path | None = None,
        **options: Any,
    ) -> None:
        try:
            kept = [heads.read(path) for path in against]
            next_steps = backups.restore(file, kept, head=head, progress=bar)
        except (backups.Refused, heads.NotAHead) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        if verbosity:
            self.stdout.write("\n".join(next_steps))
