"""A copy has the root of its own log beside it, and is restored with no other."""

import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from editorial import backups, log
from tests.builders import Desk, tamper
from tests.databases import elsewhere

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def copies(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of then and a later one, and what the log was at each."""
    folder, made = tmp_path_factory.mktemp("heads"), []

    def copy():
        (folder / str(len(made))).mkdir()
        return backups.back_up(folder / str(len(made)))

    with django_db_blocker.unblock():
        made.append((copy(), None))
        with elsewhere(folder / "live.sqlite3"):
            backups.restore(made[0][0])
            desk = Desk()
            for _ in range(2):
                log.enter("looked_at", by=desk.editor)
                made.append((copy(), (log.size(), log.Tree(log.size()).root())))
    return made[1:]


@pytest.fixture
def then(copies, tmp_path):
    """The older copy and what is told of it, in a place of this test's own."""
    there = copies[0][0]
    for path in there.parent.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path / there.name


@pytest.fixture
def empty(tmp_path):
    """The process's database is another one now, and empty."""
    with elsewhere(tmp_path / "new.sqlite3"):
        yield


def test_the_head_beside_a_copy_is_what_the_log_was_then(copies):
    said = [json.loads(backups.head_of(path).read_text()) for path, _ in copies]

    assert [(one["size"], one["root"]) for one in said] == [log for _, log in copies]
    assert said[0].keys() == {"size", "root", "at", "site"}


def test_a_head_is_for_its_owner(copies):
    mode = backups.head_of(copies[0][0]).stat().st_mode

    assert stat.S_IMODE(mode) == 0o600


def test_a_copy_is_restored_beside_its_head(then, empty):
    assert backups.restore(then)


def test_a_copy_is_restored_where_no_head_is_beside_it(then, empty):
    backups.head_of(then).unlink()

    assert backups.restore(then)


@pytest.mark.parametrize("older", [True, False], ids=["older", "newer"])
def test_a_copy_beside_the_head_of_another_is_reported(copies, empty, older):
    (one, _), (other, _) = copies if older else copies[::-1]

    with pytest.raises(CommandError, match=r"is not the one that .*\.json was"):
        call_command("restore", one, head=backups.head_of(other))


def test_a_head_of_the_same_size_and_another_root_is_reported(then, empty):
    path = backups.head_of(then)
    said = json.loads(path.read_text()) | {"root": "0" * 64}
    path.write_text(json.dumps(said))

    with pytest.raises(backups.Refused, match=r"had \d+ entries and the root 0000"):
        backups.restore(then)


@pytest.mark.parametrize("content", ["", "{}", '{"size": -1}'])
def test_a_broken_head_stops_it_before_anything_is_written(then, empty, content):
    backups.head_of(then).write_text(content)

    with pytest.raises(CommandError, match="holds no root of a log"):
        call_command("restore", then)
    assert connection.introspection.table_names() == []


def test_a_head_that_was_named_and_is_not_there_is_a_sentence(then, empty, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere: No such file or directory\.$"):
        call_command("restore", then, head=tmp_path / "nowhere")


def test_a_log_that_is_not_whole_is_copied_without_a_head(then, empty, capsys):
    backups.restore(then)
    tamper("UPDATE editorial_logentry SET nodes = ''")
    folder = then.with_name("broken")
    folder.mkdir()

    call_command("backup", folder)

    assert len(list(folder.iterdir())) == 2
    assert "no root of its log is beside it" in capsys.readouterr().err


def test_a_copy_and_a_restore_tell_how_far_they_are(then, empty):
    told = []

    class Watch:
        def __init__(self, total, unit):
            self.told = {"total": total, "unit": unit, "done": 0}
            told.append(self.told)

        def __enter__(self):
            return self.tick

        def __exit__(self, *error):
            pass

        def tick(self, more):
            self.told["done"] += more

    backups.restore(then, progress=Watch)

    assert told[-1]["unit"] == " rows"
    for one in told:
        assert one["done"] == one["total"] > 0
