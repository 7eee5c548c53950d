"""Brings summaries in from files, in a person's name and through their gate."""

from contextlib import nullcontext
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from tqdm import tqdm  # type: ignore[import-untyped]

from editorial import roles
from editorial.importing import Kind, Outcome, Run, files
from editorial.models import User
from editorial.states import MOVES

MANY = 100  # files; fewer are through before a bar could be read


class Command(BaseCommand):
    help = "Brings in .txt and .md files as drafts; a bad file stops no good one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", metavar="PATH", nargs="+")
        parser.add_argument("--by", metavar="USERNAME", required=True)
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would happen"
        )

    def handle(
        self, *, paths: list[str], by: str, dry_run: bool, **options: Any
    ) -> None:
        run = Run(person(by), dry_run)
        count = sum(1 for _ in files.walk(paths))
        refused = 0
        self.row("what", "file", "summary")
        for path in tqdm(
            files.walk(paths), total=count, unit="file", disable=count <= MANY
        ):
            outcome = run.take(path)
            refused += outcome.kind == Kind.REFUSED
            self.row(outcome.kind, files.shown(str(path)), _last_column(outcome))
        if refused:
            raise CommandError(
                f"{refused} of {count} refused: mend what the list names, "
                "then run this again."
            )

    def row(self, what: str, file: str, rest: str) -> None:
        # On a terminal the bar steps aside for the row.
        aside = tqdm.external_write_mode if self.stdout.isatty() else nullcontext
        with aside():
            self.stdout.write(f"{what:<10}  {file}  {rest}".rstrip())


def person(username: str) -> User:
    """Return the account that drafts come in by; CommandError when it may not write."""
    user = User.objects.filter(username=username).first()
    if not user:
        raise CommandError(f"There is no account with the username {username}.")
    if not user.is_active:
        raise CommandError(f"The account {username} is deactivated.")
    if not roles.may(user, MOVES["start"]):
        raise CommandError(f"{username} is neither a writer nor an editor.")
    return user


def _last_column(outcome: Outcome) -> str:
    return ": ".join(part for part in (outcome.address, outcome.why) if part)
