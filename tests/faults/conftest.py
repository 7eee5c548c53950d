"""Each fault has a database of its own, migrated and empty."""

import pytest
from django.core.management import call_command

from editorial import backups
from tests.databases import elsewhere


@pytest.fixture(scope="session")
def migrated(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the tests' database, before any test wrote to it."""
    with django_db_blocker.unblock():
        return backups.back_up(tmp_path_factory.mktemp("migrated"))


@pytest.fixture
def database(db, migrated, tmp_path):
    """The process works on this one; what it commits stands, as it would on a site."""
    with elsewhere(tmp_path / "site.sqlite3"):
        call_command("restore", migrated, verbosity=0)
        yield
