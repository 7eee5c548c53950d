"""Prints every public address anew; the servers go on answering meanwhile."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from conditions import outdating, press
from conditions.imprint import is_ready
from editorial.health import hindrances
from editorial.management.progress import bar


class Command(BaseCommand):
    help = (
        "Prints every public answer that is not as this code would print it. Safe to "
        "stop and to start again: it goes on where it was. No date that readers see "
        "is changed by it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="also what is printed and true"
        )
        parser.add_argument("--quiet", action="store_true", help="no progress")

    def handle(self, *, all: bool, quiet: bool, **options: Any) -> None:
        if reasons := hindrances():
            raise CommandError(" ".join(reasons))
        if not is_ready():
            raise CommandError("Run manage.py collectstatic first.")
        outdating.enter_all()
        if all:
            outdating.everything()
        count = 0
        with bar(press.waiting().count(), " answers", quiet=quiet) as tick:
            for _ in press.print_waiting():
                count += 1
                tick(1)
        self.stdout.write(f"Printed {count} answers; {press.count()} are printed.")
