"""A restored copy is verified row by row, and held against the roots that were kept."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from editorial import backups, log, verifying
from editorial.models import SignOff
from editorial.verifying import heads
from tests.builders import Desk, tamper
from tests.databases import elsewhere

pytestmark = pytest.mark.django_db
KINDS = (".sqlite3", ".pgdump")


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """Copies of then, of later and of an altered database, and the roots of each."""
    folder = tmp_path_factory.mktemp("kept")

    def keep(name):
        (folder / name).mkdir()
        backups.back_up(folder / name)
        heads.write(verifying.verify().head, folder / f"{name}.json")

    with django_db_blocker.unblock():
        keep("empty")
        with elsewhere(folder / "live.sqlite3"):
            backups.restore(copy(folder, "empty"))
            desk = Desk()
            desk.live()
            keep("then")
            log.enter("looked_at", by=desk.editor)
            keep("later")
            tamper("UPDATE editorial_signoff SET note = 'Nothing.'")
            keep("altered")
    return folder


@pytest.fixture
def empty(tmp_path):
    """The process's database is another one now, and empty."""
    with elsewhere(tmp_path / "new.sqlite3"):
        yield


def copy(folder, name):
    return next(p for p in (folder / name).iterdir() if p.name.endswith(KINDS))


def test_a_copy_is_verified_when_it_is_restored(kept, empty, capsys):
    call_command("restore", copy(kept, "then"), against=[kept / "then.json"])

    assert "Now run: manage.py check" in capsys.readouterr().out
    assert SignOff.objects.exists()


def test_a_copy_that_went_on_agrees_with_an_older_root(kept, empty):
    assert backups.restore(copy(kept, "later"), [heads.read(kept / "then.json")])


def test_a_copy_older_than_a_kept_root_is_reported(kept, empty):
    with pytest.raises(CommandError) as refusal:
        call_command("restore", copy(kept, "then"), against=[kept / "later.json"])

    assert refusal.value.returncode == 1
    said = str(refusal.value)
    assert "is restored and agrees with itself" in said
    assert "later.json: the log had" in said
    assert "Use a newer copy" in said


def test_a_copy_of_an_altered_database_is_no_success(kept, empty):
    with pytest.raises(CommandError) as refusal:
        call_command("restore", copy(kept, "altered"), against=[kept / "later.json"])

    said = str(refusal.value)
    assert "it does not verify: editorial_signoff:" in said
    assert "for edition 1 of summary" in said


def test_a_file_that_is_no_root_stops_it_before_anything_is_written(
    kept, empty, tmp_path
):
    (tmp_path / "head.json").write_text("{}")

    for name, why in (("head.json", "holds no root"), ("none", "No such file")):
        with pytest.raises(CommandError, match=why):
            call_command("restore", copy(kept, "then"), against=[tmp_path / name])
    assert connection.introspection.table_names() == []
