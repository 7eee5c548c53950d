"""The site that every test here asks, built once a module."""

import pytest
from django.db import transaction

from tests.matrix import world


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, visit_all):
    """Built once; each cell takes back what it wrote."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world.build(visit_all)
        transaction.set_rollback(True)
