"""pg_dump and pg_restore are told the password, and by no command line."""

import hashlib

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.databases import elsewhere, on_sqlite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(on_sqlite(), reason="SQLite needs no program beside it"),
]


@pytest.fixture
def empty(tmp_path):
    """The process's database is another one now, and empty."""
    with elsewhere(tmp_path / "new"):
        yield


def test_a_copy_of_the_other_engine_is_refused(empty, tmp_path):
    path = tmp_path / "copy"
    path.write_bytes(b"SQLite format 3\0")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    (tmp_path / "copy.sha256").write_text(f"{digest}  copy\n")

    with pytest.raises(CommandError, match="is no copy of a PostgreSQL database"):
        call_command("restore", path)


def test_the_password_is_in_the_environment_alone(empty, tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "hidden")
    say = f'echo "$*" >> {tmp_path}/line; echo "$PGPASSWORD" > {tmp_path}/password'
    program(
        tmp_path / "pg_dump", f"echo 99; {say}; echo 'pg_dump: error: no' >&2; exit 1"
    )
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    with pytest.raises(CommandError) as refusal:
        call_command("backup", tmp_path)

    assert (tmp_path / "password").read_text() == "hidden\n"
    assert "hidden" not in (tmp_path / "line").read_text()
    assert str(refusal.value) == "pg_dump failed: pg_dump: error: no"


def program(path, script):
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
