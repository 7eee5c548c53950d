"""Writes the public site as files, for a static host or for whoever keeps a copy."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from conditions import bindery, outdating, press
from conditions.bindery.folder import NotOurs, opened
from conditions.imprint import is_ready
from editorial.health import hindrances
from editorial.management.progress import bar

NAMED = 20  # addresses that were left out


class Command(BaseCommand):
    help = (
        "Writes the whole public site into DIR as files, each with a .gz beside it. "
        "Run again, it writes what has changed and removes what is public no longer. "
        "What a host must be told is in manifest.json."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--quiet", action="store_true", help="no progress")

    def handle(self, *, folder: Path, quiet: bool, **options: Any) -> None:
        if reasons := hindrances():
            raise CommandError(" ".join(reasons))
        if not is_ready():
            raise CommandError("Run manage.py collectstatic first.")
        try:
            with opened(folder, settings.SITE_URL) as ours:
                done = self.bind(ours, quiet)
        except (NotOurs, OSError) as error:
            raise CommandError(str(error)) from error
        said = (
            f"{done.written} written, {done.kept} as they were, {done.removed} removed"
        )
        self.stdout.write(f"Files: {said}.")
        if done.left_out:
            raise CommandError(_left_out(done.left_out))

    def bind(self, folder: bindery.Folder, quiet: bool) -> bindery.Bound:
        """Have every address entered, and bind each."""
        outdating.enter_all()
        with bar(press.count_entered(), " answers", quiet=quiet) as tick:
            return bindery.bind(folder, tick)


def _left_out(addresses: list[str]) -> str:
    named = ", ".join(addresses[:NAMED])
    more = f" and {len(addresses) - NAMED} more" if len(addresses) > NAMED else ""
    return (
        f"Left out, since they cannot be shown as they were signed: {named}{more}. "
        "The log says why; manage.py verify names what was altered."
    )
