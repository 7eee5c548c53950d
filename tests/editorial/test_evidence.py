"""The evidence of a page, checked by the script that it holds, as an outsider would."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from conditions import content
from conditions.models import Page
from editorial import log, workflow
from editorial.models import Summary
from tests.builders import Desk, tamper
from tests.outsider import SCRIPT, verify

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def desk(built_once):
    desk = Desk()
    summary = desk.new_edition(desk.live(), "Newer words [@gard-poh].")
    desk.new_edition(summary, "Newest words [@gard-poh].")
    return desk


def names(page):
    return page.condition.slug, page.question.slug


def written(folder, name="evidence.zip"):
    path = folder / name
    call_command("evidence", *names(Page.objects.get()), to=path)
    return path


def files_of(path):
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def proof_of(visit, number=2):
    address = Page.objects.get().address
    return json.loads(visit(f"{address}editions/{number}/proof.json").body)


def run(script, *args):
    command = [sys.executable, "-I", str(script), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_script_is_shorter_than_150_lines_and_imports_nothing_else():
    text = SCRIPT.read_text()

    imported = {line.split()[1] for line in text.split("\n") if "import" in line[:6]}
    assert text.count("\n") < 150
    assert imported <= sys.stdlib_module_names


def test_the_evidence_is_checked_by_its_own_script(desk, tmp_path):
    path = written(tmp_path)
    with ZipFile(path) as archive:
        script = Path(archive.extract("verify.py", tmp_path))

    done = run(script, path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Edition 3 of /conditions/" in done.stdout
    assert log.Tree(log.size()).root() in done.stdout


def test_the_evidence_holds_every_edition_change_and_act(desk, tmp_path):
    files = files_of(written(tmp_path))

    lines = files.pop("log.jsonl").decode().split("\n")
    acts = [json.loads(json.loads(line)["entry"])["act"] for line in lines]
    assert set(files) == {
        *("README.txt", "verify.py", "head.json"),
        *("editions/1.json", "editions/2.json", "editions/3.json"),
        *("changes/2.diff", "changes/3.diff"),
    }
    assert [acts.count(act) for act in ("signed", "edition", "published")] == [3] * 3
    assert "-Newer words [@gard-poh]." in files["changes/3.diff"].decode()
    assert "+Newest words [@gard-poh]." in files["changes/3.diff"].decode()


def test_no_word_of_a_draft_is_in_the_evidence(desk, tmp_path):
    draft = workflow.start_revision(Summary.objects.get(), by=desk.writer)
    desk.revise(draft, "A canary that nobody signed.")

    everything = b"".join(files_of(written(tmp_path)).values())
    assert b"canary" not in everything


def test_the_same_log_gives_the_same_bytes(desk, tmp_path):
    first, second = written(tmp_path), written(tmp_path, "second.zip")

    assert first.read_bytes() == second.read_bytes()


def test_the_root_that_was_kept_is_compared(desk, tmp_path):
    path, root = written(tmp_path), log.Tree(log.size()).root()

    assert run(SCRIPT, path, root).returncode == 0
    assert "another root than yours" in run(SCRIPT, path, "0" * 64).stderr


def test_a_page_that_was_never_signed_has_no_evidence(tmp_path):
    with pytest.raises(CommandError, match="nothing to show"):
        call_command("evidence", "poh", "research", to=tmp_path / "x.zip")

    assert list(tmp_path.iterdir()) == []


def test_evidence_without_a_proof_is_refused_and_leaves_no_file(desk, tmp_path):
    tamper("DELETE FROM conditions_proof")

    with pytest.raises(CommandError, match=r"Run manage\.py verify"):
        written(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_proof_and_the_review_record_are_checked_alone(desk, visit, tmp_path):
    page = Page.objects.get().address
    for address in ("editions/1/proof.json", "editions/3/proof.json", "review.json"):
        path = tmp_path / "file.json"
        path.write_bytes(visit(page + address).body)

        done = run(SCRIPT, path)

        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["log.jsonl", "editions/2.json", "changes/2.diff"])
def test_evidence_with_a_part_left_out_is_refused(desk, tmp_path, name):
    files = files_of(written(tmp_path))
    del files[name]

    with pytest.raises(LookupError):
        verify.evidence(files)


def test_a_strange_file_in_the_evidence_is_refused(desk, tmp_path):
    files = files_of(written(tmp_path))

    with pytest.raises(ValueError, match="strange files"):
        verify.evidence({**files, "editions/9.json": b"{}"})


def test_the_last_edition_cannot_be_left_out_alone(desk, tmp_path):
    files = files_of(written(tmp_path))
    del files["editions/3.json"], files["changes/3.diff"]

    with pytest.raises(LookupError):
        verify.evidence(files)


def test_an_edition_without_its_proof_says_so_to_readers(desk, visit):
    tamper("DELETE FROM conditions_proof")
    address = Page.objects.get().address

    assert visit(f"{address}editions/2/proof.json").status == 503
    assert visit(address).status == 200


def test_the_proof_of_an_edition_is_offered_beside_its_fingerprint(desk, visit):
    address = Page.objects.get().address
    link = f'href="{address}editions/3/proof.json"'

    for where in ("", "editions/3/"):
        body = visit(address + where).body.decode()
        assert link in body
        assert content.fingerprint(proof_of(visit, 3)["record_sha256"]) in body


def test_the_script_is_offered_to_readers(desk, visit):
    body = visit("/about/review-process/").body.decode()

    assert 'download="verify.py"' in body
