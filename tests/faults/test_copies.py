"""A copy made while somebody acts holds whole acts, and all that stood before it."""

import os
import time

import pytest
from django.core.management import call_command

from editorial import backups
from tests.databases import elsewhere
from tests.faults.acts import Newsroom, acting
from tests.faults.wholeness import half_done, lost, unpublished

COPIES = int(os.environ.get("COPIES", "5"))

pytestmark = pytest.mark.usefixtures("database")


def test_a_copy_made_under_writes_holds_all_that_stood_when_it_began(tmp_path):
    copies = []
    with acting(Newsroom()) as process:
        process.wait(10)
        for number in range(COPIES):
            time.sleep(0.3)
            folder = tmp_path / str(number)
            folder.mkdir()
            before = process.acknowledged()
            copies.append((backups.back_up(folder), before))
        process.wait(len(copies[0][1]) + 1)
        meanwhile = process.acknowledged()

    assert "error" not in meanwhile[-1]
    for path, before in copies:
        with elsewhere(path.with_name("restored.sqlite3")):
            call_command("restore", path, verbosity=0)
            assert half_done() == unpublished() == []
            assert lost(before) == []
