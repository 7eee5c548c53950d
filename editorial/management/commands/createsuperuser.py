"""Django's own command for the first account, with an entry in the log."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser

from editorial import accounts
from editorial.models import User


class Accounts:
    """The model as the command asks it; its new superuser comes with an entry."""

    def __getattr__(self, name: str) -> Any:
        return getattr(User, name)

    def __call__(self, **values: Any) -> User:
        return User(**values)

    @property
    def _default_manager(self) -> "Accounts":
        return self

    def db_manager(self, using: str) -> "Accounts":
        return self

    def get_by_natural_key(self, username: str) -> User:
        return User.objects.get_by_natural_key(username)

    def create_superuser(self, **values: Any) -> User:
        return accounts.make_superuser(**values)


class Command(createsuperuser.Command):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.UserModel = Accounts()
