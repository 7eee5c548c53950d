"""Takes a lost second factor away where no superuser is left to do it at the desk."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from editorial import identity
from editorial.models import User


class Command(BaseCommand):
    help = "Take away the second factor of somebody who has lost it; they are told."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”.")
        if not identity.take_away(user, by=None):
            raise CommandError(f"The account “{username}” has no second factor.")
        self.stdout.write(
            f"Taken away. {user.printed_name} logs in by password, and sets up another."
        )
