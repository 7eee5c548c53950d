"""The disk is full: nobody saves, everybody reads, and nothing is lost."""

import os
import subprocess
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection

from tests.databases import on_sqlite, working_on
from tests.faults.load import READ, Writer
from tests.faults.sites import READY_WITHIN, is_clear, served
from tests.faults.wholeness import half_done

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not on_sqlite(), reason="SQLite's file; PostgreSQL's is below"),
]


@contextmanager
def small_disk(folder, megabytes):
    """A disk of its own; only root can make one, and REQUIRE_FAULTS forbids to skip."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    made = subprocess.run(mount, capture_output=True, text=True)
    if made.returncode:
        folder.rmdir()
        assert not os.environ.get("REQUIRE_FAULTS"), made.stderr
        pytest.skip("!!! SKIPPED: a disk can be mounted by root alone")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk):
    """Leave no byte free; return the file that took them."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", 24) as disk:
        yield disk


@pytest.fixture
def site(db, filled, disk):
    url = f"sqlite:///{disk / 'site.sqlite3'}"
    with working_on(url):
        call_command("restore", filled, verbosity=0)
        with served(url) as site:
            yield site


def test_a_full_disk_stops_writers_with_a_sentence_and_nobody_else(disk, site):
    writer = Writer(site)
    writer.save()
    ballast = fill(disk)
    writer.open()

    # What the journal has room for already is still kept.
    while writer.save().status == 200:
        assert writer.turn < 500

    assert is_clear(writer.walker.answer)
    assert f"Typed in turn {writer.turn}." in writer.walker.text
    assert {path: site.status(path) for path in READ} == dict.fromkeys(READ, 200)
    assert writer.lost() == []
    assert half_done() == []
    ballast.unlink()
    assert site.seconds_until_ready() < READY_WITHIN
    assert writer.save().status == 200
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
