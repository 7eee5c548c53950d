"""Fills the index behind the search; the servers go on answering meanwhile."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from conditions import indexing
from editorial.health import hindrances
from editorial.management.progress import bar


class Command(BaseCommand):
    help = (
        "Enters every live page that the search does not find yet. Safe to stop and "
        "to start again: it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="empty the index first; fill it anew"
        )
        parser.add_argument("--quiet", action="store_true", help="no progress")

    def handle(self, *, all: bool, quiet: bool, **options: Any) -> None:
        if reasons := hindrances():
            raise CommandError(" ".join(reasons))
        if all:
            indexing.clear()
        count = 0
        with bar(indexing.waiting().count(), " pages", quiet=quiet) as tick:
            for entered in indexing.enter_waiting():
                count += entered
                tick(entered)
        self.stdout.write(f"Indexed {count} pages.")
