"""The two commands: what they print, what they refuse, and their exit codes."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from editorial.models import Summary
from tests.builders import make_editor, make_reviewer, make_user

PAGES = Path(__file__).parent / "pages"
AVS = "amber-vessel-syndrome"
RESEARCH = f"{AVS}/promising-research-directions"

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring_in(capsys):
    def run(*paths, by="maren", **options):
        call_command("import_summaries", *map(str, paths), by=by, **options)
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture(autouse=True)
def editor():
    return make_editor()


def test_table_says_what_happens_to_each_file(bring_in):
    assert bring_in(PAGES) == [
        "what        file  summary",
        f"start       {PAGES}/research.txt  {RESEARCH}: adds condition {AVS}, "
        "question promising-research-directions",
        f"start       {PAGES}/treatment.md  {AVS}/treatment: adds question treatment, "
        "2 sources; changes condition amber-vessel-syndrome",
    ]


def test_second_run_changes_nothing(bring_in):
    bring_in(PAGES)

    assert bring_in(PAGES)[1:] == [
        f"unchanged   {PAGES}/research.txt  {RESEARCH}",
        f"unchanged   {PAGES}/treatment.md  {AVS}/treatment",
    ]
    assert Summary.history.count() == 2


def test_dry_run_prints_the_table_and_writes_nothing(bring_in):
    assert bring_in(PAGES / "research.txt", dry_run=True)[1].startswith("start ")
    assert not Summary.objects.exists()


def test_bad_file_is_named_while_the_good_ones_go_in(bring_in, tmp_path, capsys):
    (tmp_path / "bad.md").write_text("---\ncondition: [\n---\n")
    (tmp_path / "notes.rst").write_text("Not for import.")

    with pytest.raises(CommandError, match=r"^1 of 3 refused") as caught:
        bring_in(tmp_path, PAGES)

    assert caught.value.returncode == 1
    assert f"refused     {tmp_path}/bad.md  Line 3: " in capsys.readouterr().out
    assert Summary.objects.count() == 2


def test_missing_path_is_a_line_of_the_table(bring_in, capsys):
    with pytest.raises(CommandError):
        bring_in("/nowhere/page.txt")

    assert capsys.readouterr().out.splitlines()[1] == (
        "refused     /nowhere/page.txt  there is no such file; check the path."
    )


def test_second_file_for_the_same_answer_is_refused(bring_in, tmp_path, capsys):
    (tmp_path / "a.txt").write_text((PAGES / "research.txt").read_text("utf-8"))

    with pytest.raises(CommandError):
        bring_in(PAGES / "research.txt", tmp_path, dry_run=True)

    assert capsys.readouterr().out.splitlines()[2] == (
        f"refused     {tmp_path}/a.txt  {PAGES}/research.txt gives {RESEARCH} too; "
        "keep one of the two."
    )


@pytest.mark.parametrize(
    ("someone", "sentence"),
    [
        (lambda: None, "There is no account with the username ines."),
        (make_reviewer, "ines is neither a writer nor an editor."),
        (lambda: make_user("ines", superuser=True), "ines is neither a writer nor an "
         "editor."),
    ],
)  # fmt: skip
def test_nobody_without_the_role_imports(bring_in, someone, sentence):
    someone()

    with pytest.raises(CommandError, match=f"^{sentence}$"):
        bring_in(PAGES, by="ines")


def test_deactivated_account_imports_nothing(bring_in, editor):
    editor.is_active = False
    editor.save()

    with pytest.raises(CommandError, match=r"^The account maren is deactivated\.$"):
        bring_in(PAGES)


@pytest.mark.parametrize(("files", "shown"), [(100, False), (101, True)])
def test_progress_bar_is_shown_past_a_hundred_files(
    bring_in, tmp_path, capsys, files, shown
):
    for number in range(files):
        (tmp_path / f"{number}.txt").write_text("No question.")

    with pytest.raises(CommandError):
        bring_in(tmp_path)

    assert (f"/{files} [" in capsys.readouterr().err) is shown


def test_files_are_taken_in_sorted_order_and_hidden_ones_left(
    bring_in, tmp_path, capsys
):
    for name in ("b/2.txt", "a/9.txt", "z.md", ".git/x.md", ".y.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")

    with pytest.raises(CommandError):
        bring_in(tmp_path)

    rows = capsys.readouterr().out.splitlines()[1:]
    assert [row.split()[1] for row in rows] == [
        f"{tmp_path}/{name}" for name in ("z.md", "a/9.txt", "b/2.txt")
    ]


def test_name_that_is_no_text_is_shown_all_the_same(bring_in, tmp_path):
    path = bytes(tmp_path / "page") + b"\xff\n.txt"
    with open(path, "wb") as file:
        file.write((PAGES / "research.txt").read_bytes())

    assert bring_in(tmp_path)[1].startswith(
        f"start       {tmp_path}/page\ufffd\ufffd.txt"
    )
    assert Summary.history.get().history_change_reason.startswith(
        "Imported from page\ufffd\ufffd.txt, "
    )


def test_export_is_quiet_and_safe_to_run_twice(bring_in, tmp_path, capsys):
    bring_in(PAGES)
    call_command("export_summaries", str(tmp_path / "out"))
    first = {p: p.read_bytes() for p in tmp_path.rglob("*.md")}

    call_command("export_summaries", str(tmp_path / "out"))

    assert capsys.readouterr() == ("", "")
    assert {p: p.read_bytes() for p in tmp_path.rglob("*.md")} == first
    assert sorted(p.relative_to(tmp_path / "out").as_posix() for p in first) == [
        f"{RESEARCH}.md",
        f"{AVS}/treatment.md",
    ]


def test_export_of_an_unknown_condition_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"^No condition has the slug nothing\.$"):
        call_command("export_summaries", str(tmp_path), condition=["nothing"])


def test_export_to_a_file_is_refused(tmp_path):
    path = tmp_path / "file"
    path.touch()

    with pytest.raises(CommandError, match=f"^{path}: File exists\\.$"):
        call_command("export_summaries", str(path))
