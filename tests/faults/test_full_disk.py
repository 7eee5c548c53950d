"""The disk is full: nobody saves, everybody reads, and nothing is lost."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from tests.databases import on_sqlite, working_on
from tests.faults.load import READ, Writer
from tests.faults.postgresql import own_postgresql
from tests.faults.sites import is_clear, manage, served
from tests.faults.wholeness import half_done


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
def disk():
    """Short, since the path of PostgreSQL's socket may have 107 characters."""
    with (
        TemporaryDirectory(prefix="disk", dir="/tmp") as folder,
        small_disk(Path(folder) / "d", 24 if on_sqlite() else 160) as disk,
    ):
        yield disk


@pytest.fixture
def instance(disk, tmp_path_factory):
    """Where the database is: PostgreSQL's own server, or nothing but a file."""
    if on_sqlite():
        yield None
        return
    with own_postgresql(disk / "data", tmp_path_factory.getbasetemp()) as instance:
        yield instance


@pytest.fixture
def site(db, filled, disk, instance):
    url = instance.url if instance else f"sqlite:///{disk / 'site.sqlite3'}"
    done = manage(url, "restore", str(filled))
    assert not done.returncode, done.stderr
    with working_on(url), served(url) as site:
        yield site


def test_a_full_disk_stops_writers_with_a_sentence(disk, instance, site):
    writer = Writer(site)
    writer.save()
    ballast = fill(disk)

    # What there is room for already is still kept.
    while writer.save().status == 200:
        assert writer.turn < 2000
    refusal, reads = writer.walker.answer, [site.visit(path) for path in READ]
    ballast.unlink()
    if instance:
        connection.close()
        instance.start()  # where it found no room for its own log either
    seconds = site.seconds_until_ready()

    assert is_clear(refusal)
    assert [
        a for a in reads if a.status != 200 and not (instance and is_clear(a))
    ] == []
    assert seconds < site.ready_within
    assert writer.save().status == 200
    assert writer.lost() == []
    assert half_done() == []


@pytest.mark.skipif(not on_sqlite(), reason="PostgreSQL looks after its own files")
def test_a_disk_that_was_full_leaves_a_sound_file(disk, site):
    writer = Writer(site)
    fill(disk)
    while writer.save().status == 200:
        assert writer.turn < 2000

    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
