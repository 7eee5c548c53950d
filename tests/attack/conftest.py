"""The arena of each module of attacks, and the table of what was tried."""

import os

import pytest
from django.db import connection

from tests.attack.arena import arena

TRIED = []


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), arena(tmp_path_factory.mktemp("arena")) as world:
        yield world


@pytest.fixture
def filled(django_db_setup, django_db_blocker, tmp_path):
    """An arena for one test alone, which may migrate it."""
    with django_db_blocker.unblock(), arena(tmp_path) as world:
        yield world


def pytest_terminal_summary(terminalreporter):
    """Print what was tried and how it was refused, for `make attack`."""
    if os.environ.get("ATTACK") and TRIED:
        terminalreporter.section(f"{len(TRIED)} attacks on {connection.vendor}")
        for who, name, answer in TRIED:
            terminalreporter.write_line(f"{who:<15} {name:<45} {answer}")
