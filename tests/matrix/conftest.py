"""The site that every test here asks, built once for all of them."""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.conftest import visiting
from tests.matrix import world


@pytest.fixture(scope="package")
def visit_all():
    with visiting() as ask:
        yield ask


@pytest.fixture(scope="package")
def site(django_db_setup, django_db_blocker, visit_all):
    """Built once; each cell takes back what it wrote, and no login grows old."""
    fresh = override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=86_400)
    with fresh, django_db_blocker.unblock(), transaction.atomic():
        yield world.build(visit_all)
        transaction.set_rollback(True)
