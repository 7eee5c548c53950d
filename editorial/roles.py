"""Who is a writer, a medical reviewer, an editor.

Read from group rows and never from `has_perm`, which says yes to every superuser.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from conditions.often import Given, Often
from editorial.models import User
from editorial.states import MOVES, Move, Role


def roles_of(user: User) -> frozenset[Role]:
    """Return the roles of an account as the database has them now.

    An inactive account has none, nor has a superuser: their power is people.
    """
    names = _names_of_roles(user=user.pk)
    return frozenset(Role(name) for name in names if name in Role.values)


@Often
def _names_of_roles() -> QuerySet[User, str]:
    account = User.objects.filter(pk=Given("user"), is_active=True, is_superuser=False)
    return account.values_list("groups__name", flat=True)


def holders(*roles: Role) -> QuerySet[User]:
    """Return the accounts that hold one of the roles now, each once."""
    rows = User.objects.filter(is_active=True, is_superuser=False)
    return rows.filter(groups__name__in=[role.value for role in roles]).distinct()


def may(user: User, move: Move) -> bool:
    """Say whether one of the user's roles allows the move at all."""
    return bool(roles_of(user) & move.roles)


def require(user: User, name: str) -> None:
    """Raise PermissionDenied unless the user's roles allow the move of that name."""
    move = MOVES[name]
    if not may(user, move):
        wanted = " or ".join(sorted(role.label for role in move.roles))
        raise PermissionDenied(
            f"This needs the role of {wanted}: {move.label.lower()}."
        )
