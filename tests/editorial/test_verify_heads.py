"""A root that was kept elsewhere shows a database rolled back or written anew."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from conditions.models import Page
from editorial import log
from tests.builders import Desk, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(tmp_path):
    return tmp_path / "head.json"


def verify(*arguments):
    out = io.StringIO()
    call_command("verify", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def fails(*arguments):
    out = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify", *map(str, arguments), stdout=out, stderr=out)
    assert end.value.code == 1
    return out.getvalue()


def cut(size):
    """Take the newest entries away with the rows that they vouch for."""
    tamper("DELETE FROM editorial_logentry WHERE number > %s", size)


def test_a_head_says_size_root_time_and_site(head, time_machine):
    time_machine.move_to("2026-05-08 10:12:00+00:00", tick=False)
    Desk()

    verify("--head", head)

    assert json.loads(head.read_text()) == {
        "size": log.size(),
        "root": log.Tree(log.size()).root(),
        "at": "2026-05-08T10:12:00+00:00",
        "site": "http://127.0.0.1:8000",
    }


def test_a_log_that_went_on_agrees_with_an_older_head(head):
    desk = Desk()
    verify("--head", head)
    desk.withdrawn()

    assert "All agrees" in verify("--against", head)


def test_entries_cut_off_are_found_by_a_kept_head_alone(head):
    desk = Desk()
    size = log.size()
    log.enter("looked_at", by=desk.editor)
    verify("--head", head)

    cut(size)

    verify()
    said = fails("--against", head)
    assert f"the log had {size + 1} entries" in said
    assert "rolled back" in said


def test_another_log_of_the_same_size_is_found(head):
    desk = Desk()
    size = log.size()
    log.enter("looked_at", by=desk.editor)
    verify("--head", head)
    cut(size)
    log.enter("looked_away", by=desk.editor)
    log.enter("looked_at", by=desk.editor)

    verify()
    assert "written anew" in fails("--against", head)


def test_every_head_that_is_given_is_compared(head, tmp_path):
    desk, old = Desk(), tmp_path / "old.json"
    verify("--head", old)
    log.enter("looked_at", by=desk.editor)
    verify("--head", head)
    cut(log.size() - 1)

    said = fails("--against", old, "--against", head)

    assert str(head) in said
    assert str(old) not in said


def of_a_reader(name, folder, ask):
    """Return a file that somebody kept who read the page, or asked for its evidence."""
    page, path = Page.objects.get(), folder / name
    if name.endswith("zip"):
        call_command("evidence", page.condition.slug, page.question.slug, to=path)
        return path
    place = "editions/1/" if name == "proof.json" else ""
    path.write_bytes(ask(f"{page.address}{place}{name}").body)
    return path


@pytest.mark.parametrize("name", ["proof.json", "review.json", "evidence.zip"])
def test_what_a_reader_kept_is_as_good_as_a_head(name, tmp_path, visit):
    Desk().live()
    kept = of_a_reader(name, tmp_path, visit)
    assert "All agrees" in verify("--against", kept)

    cut(log.size() - 3)

    assert f"{name}: the log had" in fails("--against", kept)


def test_a_head_of_another_site_is_a_note(head):
    Desk()
    verify("--head", head)
    head.write_text(head.read_text().replace("127.0.0.1", "other.example"))

    said = verify("--against", head)

    assert "was written for http://other.example:8000, not http://127.0.0.1" in said


def test_no_root_of_a_bad_log_is_kept(head):
    Desk().live()
    tamper("UPDATE conditions_proof SET root = ''")

    assert "was not written" in fails("--head", head)
    assert not head.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"size": -1, "root": "0"}',
        '{"size": true, "root": ""}',
        "[" * 9999,
        '{"log": {"size": 1}}',
        "PK\x05\x06" + "\0" * 18,
    ],
)
def test_a_file_that_is_no_head_is_refused(head, text):
    head.write_text(text)

    with pytest.raises(CommandError, match="holds no root of a log"):
        verify("--against", head)


def test_a_file_of_bytes_is_refused(head):
    head.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CommandError, match="holds no root of a log"):
        verify("--against", head)


def test_a_file_that_is_not_there_is_named(head):
    with pytest.raises(CommandError, match="No such file"):
        verify("--against", head)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        verify("--head", tmp_path / "none" / "head.json")
