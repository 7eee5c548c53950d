import pytest
from django.contrib.auth.models import Group

from editorial import locks
from editorial.states import Role
from tests.races import racing


@pytest.fixture
def committed(transactional_db):
    """A database in which every thread sees what the others have committed."""
    # The flush after a test like this takes the roles along, which a migration made.
    for role in Role:
        Group.objects.get_or_create(name=role.value)


@pytest.fixture
def runners(committed, monkeypatch):
    monkeypatch.setattr(locks, "held", racing.held)
    with racing.Runners(6) as runners:
        yield runners
