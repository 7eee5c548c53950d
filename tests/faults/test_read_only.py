"""The database can be read and not written: a standby, or a disk that went wrong."""

import os
import subprocess
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connection

from tests.databases import on_sqlite
from tests.faults.load import READ, Writer
from tests.faults.sites import is_clear, served
from tests.faults.wholeness import half_done

# Sessions that there are go on as they began: only new ones learn of it.
NEW_SESSIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@contextmanager
def no_writes():
    with _unchangeable_file() if on_sqlite() else _read_only_database():
        yield


@contextmanager
def _unchangeable_file():
    """Root may write whatever its mode says, but not this."""
    path = connection.settings_dict["NAME"]
    files = [path, f"{path}-wal"]
    made = subprocess.run(["chattr", "+i", *files], capture_output=True, text=True)
    if made.returncode:
        assert not os.environ.get("REQUIRE_FAULTS"), made.stderr
        pytest.skip("!!! SKIPPED: chattr needs root, and a disk that knows it")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *files], check=True)


@contextmanager
def _read_only_database():
    _tell_postgresql("on")
    try:
        yield
    finally:
        _tell_postgresql("off")


def _tell_postgresql(word):
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")
        cursor.execute(
            f"ALTER DATABASE {name} SET default_transaction_read_only = {word}"
        )
        cursor.execute(NEW_SESSIONS)


def test_who_cannot_save_is_told_so_and_everybody_reads_on(site):
    writer = Writer(site)
    writer.save()
    with no_writes():
        # More than there are connections, so that each has met it.
        for _ in range(12):
            writer.open()
            writer.send("Typed while nothing could be written.")
            assert is_clear(writer.walker.answer)
            assert "Typed while nothing could be written." in writer.walker.text
        reads = {path: site.status(path) for path in READ}

    assert reads == dict.fromkeys(READ, 200)
    assert site.seconds_until_ready() < site.ready_within
    for _ in range(12):
        assert writer.save().status == 200
    assert writer.lost() == []
    assert half_done() == []


def test_a_server_that_began_meanwhile_saves_as_soon_as_it_can(site):
    writer = Writer(site)
    with ExitStack() as over:
        with no_writes():
            other = over.enter_context(served(site.url))
            writer.move_to(other)
            for _ in range(12):
                assert is_clear(writer.save())
        for _ in range(12):
            assert writer.save().status == 200
