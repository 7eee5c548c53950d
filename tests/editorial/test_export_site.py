"""The public site as files: what is in the folder, and what happens the second time."""

import fcntl
import gzip
import io
import json
import os
import re

import pytest
from django.core.management import CommandError, call_command

from conditions import bindery
from conditions.models import Printed
from editorial import publishing, workflow
from editorial.models import Summary
from tests import builders
from tests.builders import BODY, Desk
from tests.readers import EVERYWHERE, OF_PAGE, PAGE

pytestmark = pytest.mark.django_db
OF_THE_SITE = r"/api/|/search/|.*/report/$"
UNSIGNED = "an unsigned sentence about a new dose"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def export(tmp_path):
    """Export; returns the folder, and what was said in numbers."""

    def run(folder=tmp_path / "site"):
        out = io.StringIO()
        call_command("export_site", str(folder), quiet=True, stdout=out)
        numbers = [int(word) for word in out.getvalue().split() if word.isdigit()]
        return folder, *numbers

    return run


def live_and_revised(desk):
    """A live page of two editions, and a draft that goes on."""
    summary = desk.new_edition(desk.live(), f"{BODY}\n- braces")
    summary = workflow.start_revision(summary, by=desk.writer)
    desk.revise(summary, f"{BODY}\n- {UNSIGNED}")
    return builders.fresh(summary)


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )


def file_of(folder, address):
    return folder / bindery.file_of(address)


def test_every_public_address_is_a_file_that_says_what_the_site_says(
    desk, export, visit
):
    live_and_revised(desk)

    folder, *_ = export()

    for address in [*EVERYWHERE, "/robots.txt"]:
        path = file_of(folder, address)
        assert path.read_bytes() == visit(address).body, address
        zipped = path.with_name(f"{path.name}.gz")
        assert gzip.decompress(zipped.read_bytes()) == path.read_bytes()


def test_every_link_of_an_exported_page_leads_to_a_file_or_to_the_site(desk, export):
    live_and_revised(desk)

    folder, *_ = export()

    for path in folder.rglob("*.html"):
        found = re.findall(r'(?:href|src)="(/[^"#?]*)', path.read_text())
        for to in {one for one in found if not re.match(OF_THE_SITE, one)}:
            assert file_of(folder, to).is_file(), f"{path}: {to}"


def test_no_file_holds_a_word_of_a_draft(desk, export):
    live_and_revised(desk)

    folder, *_ = export()

    for path in folder.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            body = gzip.decompress(body) if path.suffix == ".gz" else body
            assert UNSIGNED.encode() not in body, path


def test_a_page_that_was_never_published_has_no_file(desk, export, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    desk.reviewed()

    folder, *_ = export()

    assert not (folder / "conditions").exists() or not file_of(folder, PAGE).exists()


def test_the_second_export_writes_nothing(desk, export):
    live_and_revised(desk)
    _, written, kept, removed = export()
    assert (kept, removed) == (0, 0)

    _, again, kept, removed = export()

    assert (again, kept, removed) == (0, written, 0)


def test_only_what_changed_is_written(desk, export):
    desk.live()
    folder, *_ = export()
    before = {name: (folder / name).stat().st_mtime_ns for name in files(folder)}

    desk.new_edition(Summary.objects.get(), f"{BODY}\n- braces")
    export()

    after = {name: (folder / name).stat().st_mtime_ns for name in files(folder)}
    changed = {name for name, at in after.items() if at != before.get(name)}
    assert file_of(folder, PAGE).relative_to(folder).as_posix() in changed
    assert f"{PAGE[1:]}editions/2/index.html" in changed
    assert f"{PAGE[1:]}editions/1/proof.json" not in changed
    assert not any(name.startswith("static/") for name in changed)


def test_a_withdrawn_page_leaves_its_note_and_the_manifest_says_410(desk, export):
    summary = desk.live()
    folder, *_ = export()
    words = "physiotherapy keeps joints moving"
    assert words in file_of(folder, PAGE).read_text()

    publishing.withdraw(
        summary, by=desk.editor, reason="A mistake.", note="We are checking a dose."
    )
    export()

    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".gz":
            assert words not in path.read_text(errors="ignore"), path
        elif path.is_file():
            assert words.encode() not in gzip.decompress(path.read_bytes())
    assert "We are checking a dose." in file_of(folder, PAGE).read_text()
    told = json.loads((folder / "manifest.json").read_text())
    gone = {one["address"] for one in told["answers"] if one["status"] == 410}
    assert gone == {one for one in OF_PAGE if "/2/" not in one}


def test_what_is_public_no_longer_is_removed_and_what_others_keep_stays(desk, export):
    desk.live()
    folder, *_ = export()
    (folder / "conditions" / "gone").mkdir()
    (folder / "conditions" / "gone" / "index.html").write_text("old")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("theirs")
    part = folder / "conditions" / ".part-index.html"
    part.write_text("half")

    _, written, _, removed = export()

    assert (written, removed) == (0, 2)
    assert not (folder / "conditions" / "gone").exists()
    assert not part.exists()
    assert (folder / ".git" / "config").read_text() == "theirs"


def test_what_somebody_altered_in_the_folder_is_put_right(desk, export):
    desk.live()
    folder, *_ = export()
    path = file_of(folder, PAGE)
    good = path.read_bytes()
    path.write_bytes(good.replace(b"joints", b"JOINTS"))

    _, written, *_ = export()

    assert (written, path.read_bytes()) == (1, good)


def test_an_edition_that_was_altered_is_left_out_and_the_exit_code_says_so(
    desk, export, tmp_path
):
    desk.live()
    folder, *_ = export()
    builders.tamper("UPDATE conditions_edition SET content = '{}'")
    builders.unprint()

    with pytest.raises(CommandError, match=r"Left out.*research"):
        export()

    assert not file_of(folder, PAGE).exists()


def test_a_row_that_somebody_wrote_is_not_exported(desk, export):
    desk.live()
    export()
    Printed.objects.filter(address=PAGE).update(body=gzip.compress(b"forged"))

    folder, *_ = export()

    assert "forged" not in file_of(folder, PAGE).read_text()


@pytest.mark.parametrize("held", ["notes.txt", "index.html"])
def test_a_folder_that_is_not_its_own_is_refused(desk, export, tmp_path, held):
    (tmp_path / held).write_text("mine")

    with pytest.raises(CommandError, match="is not empty"):
        export(tmp_path)

    assert files(tmp_path) == [held]


def test_a_file_and_another_sites_folder_are_refused(desk, export, tmp_path, settings):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CommandError, match="is a file"):
        export(tmp_path / "file")
    export()
    settings.SITE_URL = "https://other.example"

    with pytest.raises(CommandError, match="a copy of http://127"):
        export()


def test_two_exports_at_once_are_refused(desk, export, tmp_path):
    export()
    with (tmp_path / "site" / ".countersign-site").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        with pytest.raises(CommandError, match="is running"):
            export()


def test_a_link_out_of_the_folder_is_not_followed(desk, export, tmp_path):
    desk.live()
    folder, *_ = export()
    outside = tmp_path / "outside"
    outside.mkdir()
    about = folder / "about"
    for path in sorted(about.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    about.rmdir()
    os.symlink(outside, about)

    with pytest.raises(CommandError, match="leads out of"):
        export()

    assert list(outside.iterdir()) == []


def test_a_host_is_told_every_header_of_the_site(desk, export, visit):
    live_and_revised(desk)

    folder, *_ = export()

    told = json.loads((folder / "manifest.json").read_text())
    unusual = {one["address"]: one["headers"] for one in told["answers"]}
    for address in EVERYWHERE:
        said = dict(told["headers"]["/*"])
        for pattern, more in told["headers"].items():
            if bindery.host.fnmatch(f"/{bindery.file_of(address)}", pattern):
                said |= more
        said |= unusual.get(address, {})
        came = visit(address).headers
        for name, value in said.items():
            assert came[name] == value, (address, name)
        assert {"X-Robots-Tag"} & {*came} == {"X-Robots-Tag"} & {*said}, address
    assert "\n  Content-Security-Policy: " in (folder / "_headers").read_text()
