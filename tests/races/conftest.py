import pytest

from editorial import locks
from tests.races import racing


@pytest.fixture
def committed(transactional_db):
    """A database in which every thread sees what the others have committed."""


@pytest.fixture
def runners(committed, monkeypatch):
    monkeypatch.setattr(locks, "held", racing.held)
    monkeypatch.setattr(locks, "held_one", racing.held_one)
    with racing.Runners(6) as runners:
        yield runners
