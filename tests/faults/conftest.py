"""Each fault has a database of its own, migrated and empty."""

import pytest
from django.core.management import call_command

from editorial import backups
from tests.databases import elsewhere, new_database, working_on
from tests.faults.sites import manage, served


@pytest.fixture(scope="session")
def migrated(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the tests' database, before any test wrote to it."""
    with django_db_blocker.unblock():
        return backups.back_up(tmp_path_factory.mktemp("migrated"))


@pytest.fixture
def database(db, migrated, tmp_path):
    """The process works on this one; what it commits stands, as it would on a site."""
    with elsewhere(tmp_path / "site.sqlite3") as url:
        call_command("restore", migrated, verbosity=0)
        yield url


@pytest.fixture(scope="session")
def filled(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the demonstration."""
    folder = tmp_path_factory.mktemp("filled")
    with django_db_blocker.unblock(), new_database(folder / "db.sqlite3") as url:
        done = manage(url, "demo", "--verbosity=0")
        assert not done.returncode, done.stderr
        with working_on(url):
            return backups.back_up(folder)


@pytest.fixture
def site(db, filled, tmp_path):
    """The demonstration, served; the process works on its database too."""
    with elsewhere(tmp_path / "site.sqlite3") as url:
        call_command("restore", filled, verbosity=0)
        with served(url) as site:
            yield site
