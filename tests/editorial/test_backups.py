"""A copy is whole or absent, for its owner alone, and is restored as it was or not at
all. Copies under writes: tests/faults/test_copies.py.
"""

import hashlib
import os
import resource
import stat
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from editorial import backups, guards
from editorial.states import Role
from tests.databases import elsewhere, on_sqlite

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def copy(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of a database that was just migrated."""
    with django_db_blocker.unblock():
        return backups.back_up(tmp_path_factory.mktemp("copies"))


@pytest.fixture
def taken(copy, tmp_path):
    """The copy and its checksum, brought to a place of this test's own."""
    for path in copy.parent.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path / copy.name


@pytest.fixture
def empty(tmp_path):
    """The process's database is another one now, and empty."""
    with elsewhere(tmp_path / "new.sqlite3"):
        yield


def say_its_checksum(path):
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_name(f"{path.name}.sha256").write_text(f"{digest}  {path.name}\n")


def test_a_copy_is_named_by_its_time_and_its_engine(copy):
    kind = "sqlite3" if on_sqlite() else "pgdump"

    assert copy.name.startswith("countersign-20")
    assert copy.name.endswith(f"Z.{kind}")


def test_a_copy_is_alone_with_what_is_told_of_it_and_for_its_owner(copy):
    there = sorted(copy.parent.iterdir())

    beside = [f"{copy.name}.head.json", f"{copy.name}.sha256"]
    assert [path.name for path in there] == [copy.name, *beside]
    assert {stat.S_IMODE(path.stat().st_mode) for path in there} == {0o600}


def test_the_checksum_is_one_that_sha256sum_reads(copy):
    check = ["sha256sum", "--check", "--status", f"{copy.name}.sha256"]

    assert subprocess.run(check, cwd=copy.parent).returncode == 0


def test_a_copy_is_restored_with_its_rows_and_its_guards(taken, empty):
    call_command("restore", taken, verbosity=0)

    assert Group.objects.filter(name=Role.WRITER.value).exists()
    assert guards.differences() == []


def test_restore_says_what_comes_next(taken, empty, capsys):
    call_command("restore", taken)

    said = capsys.readouterr().out.splitlines()
    assert said[-1].startswith("Now run: manage.py ")
    assert any("database_role" in line for line in said) == (not on_sqlite())


def test_a_database_that_is_not_empty_is_left_as_it_is(taken, empty):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE somebodys (word text)")

    with pytest.raises(CommandError, match="is not empty, so it is left as it is"):
        call_command("restore", taken)
    with connection.cursor() as cursor:
        assert connection.introspection.table_names(cursor) == ["somebodys"]


def test_an_altered_copy_is_refused_before_anything_is_written(taken, empty):
    taken.write_bytes(taken.read_bytes()[:-1] + b"!")

    with pytest.raises(CommandError, match="is not the file that was written"):
        call_command("restore", taken)
    assert connection.introspection.table_names() == []


def test_a_copy_without_its_checksum_is_refused(taken, empty):
    taken.with_name(f"{taken.name}.sha256").unlink()

    with pytest.raises(CommandError, match=r"\.sha256 is not beside"):
        call_command("restore", taken)


def test_a_damaged_copy_is_refused_whatever_its_checksum_says(taken, empty):
    content = bytearray(taken.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = os.urandom(4096)
    taken.write_bytes(content)
    say_its_checksum(taken)

    with pytest.raises(CommandError):
        call_command("restore", taken)
    assert connection.introspection.table_names() == []


@pytest.mark.parametrize(
    "content", [b"", b"not a copy", b"PGDMP", b"SQLite format 3\0"]
)
def test_what_is_no_copy_is_refused(content, empty, tmp_path):
    path = tmp_path / "copy"
    path.write_bytes(content)
    say_its_checksum(path)

    with pytest.raises(CommandError):
        call_command("restore", path)
    assert connection.introspection.table_names() == []


def test_a_file_that_is_not_there_is_a_sentence(empty, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere: No such file or directory\.$"):
        call_command("restore", tmp_path / "nowhere")


def test_a_copy_of_other_code_says_which(taken, empty):
    call_command("restore", taken, verbosity=0)
    MigrationRecorder(connection).record_applied("editorial", "0999_tomorrow")

    with pytest.raises(
        backups.Refused, match=r"newer code: .*editorial\.0999_tomorrow"
    ):
        backups.wholeness.left_to_do()


def test_an_older_copy_is_restored_and_told_to_migrate(taken, empty):
    call_command("restore", taken, verbosity=0)
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    assert backups.wholeness.left_to_do()[0] == (
        "Migrations to apply: 1. Run: manage.py migrate"
    )


def test_a_copy_without_its_guards_is_no_success(taken, empty):
    call_command("restore", taken, verbosity=0)
    guards.drop()

    with pytest.raises(backups.Refused, match="its guards are not as they were"):
        backups.wholeness.left_to_do()


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(
        CommandError, match=r"nowhere is not a folder: make it first\.$"
    ):
        call_command("backup", tmp_path / "nowhere")


def test_a_copy_is_never_written_over(copy, empty):
    there = copy.read_bytes()
    moment = datetime.strptime(copy.name.split(".")[0], "countersign-%Y%m%dT%H%M%SZ")

    with (
        time_machine.travel(moment.replace(tzinfo=UTC), tick=False),
        pytest.raises(CommandError, match="is there already"),
    ):
        call_command("backup", copy.parent)
    assert copy.read_bytes() == there
    assert len(list(copy.parent.iterdir())) == 3


def test_a_copy_that_does_not_fit_leaves_nothing(taken, empty, tmp_path):
    call_command("restore", taken, verbosity=0)
    folder = tmp_path / "full"
    folder.mkdir()

    with no_file_above(4096), pytest.raises(CommandError):
        call_command("backup", folder)
    assert list(folder.iterdir()) == []


@contextmanager
def no_file_above(size):
    """No file grows above a size: what a full disk is to who writes one."""
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, kept[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)


def test_backup_is_quiet(taken, empty, tmp_path_factory, capsys):
    call_command("restore", taken, verbosity=0)

    call_command("backup", tmp_path_factory.mktemp("other"))

    assert capsys.readouterr() == ("", "")


def test_backup_tells_the_path_to_who_asks(empty, tmp_path, capsys):
    call_command("backup", tmp_path, verbosity=2)

    assert Path(capsys.readouterr().out.strip()).is_file()
