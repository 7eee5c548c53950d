"""The newsroom whose texts are commented on, built once for the tests of a module."""

import pytest
from django.db import transaction

from tests.builders import Desk


@pytest.fixture(scope="module")
def newsroom(django_db_setup, django_db_blocker):
    """Each test takes back what it wrote."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Desk()
        transaction.set_rollback(True)


@pytest.fixture
def desk(newsroom):
    return newsroom


@pytest.fixture
def summary(desk):
    return desk.draft()


@pytest.fixture
def enter(client, desk):
    """Logs a person of the newsroom in: `enter("writer")`."""

    def enter(who):
        client.force_login(getattr(desk, who))
        return client

    return enter
