"""What is exported says all that the catalogue has, and comes back unchanged."""

from pathlib import Path

import pytest

from conditions.models import Condition, Source
from editorial import exporting, importing
from editorial.models import Summary
from tests.builders import Desk, make_editor, make_question, make_condition, record

PAGES = Path(__file__).parent / "pages"

pytestmark = pytest.mark.django_db


def bring_in(path, by):
    return importing.bring_in(importing.read(path), by=by)


@pytest.fixture
def editor():
    return make_editor()


def test_export_is_written_under_condition_and_question(tmp_path):
    path = exporting.write(Desk().draft(), tmp_path)

    assert path == tmp_path / "progressive-osseous-heteroplasia" / "research.md"
    assert [p.name for p in path.parent.iterdir()] == ["research.md"]


@pytest.mark.parametrize("name", ["research.txt", "treatment.md"])
def test_importing_an_export_changes_nothing(editor, tmp_path, name):
    summary = bring_in(PAGES / name, editor).summary
    path = exporting.write(summary, tmp_path)
    before = path.read_bytes()

    assert bring_in(path, editor).kind == "unchanged"
    assert exporting.write(Summary.objects.get(), tmp_path).read_bytes() == before


@pytest.mark.parametrize("name", ["research.txt", "treatment.md"])
def test_export_into_another_newsroom_is_exported_there_byte_for_byte(
    editor, tmp_path, name, django_db_blocker
):
    path = exporting.write(bring_in(PAGES / name, editor).summary, tmp_path)
    before = path.read_bytes().replace(b"amber-vessel-syndrome", b"other")
    before = before.replace(b"mber vessel syndrome", b"zure vessel syndrome")
    before = before.replace(b"slug: ", b"slug: x-", 2).replace(b"?", b" now?")
    before = before.replace(b"key: pmid:1", b"key: pmid:2").replace(b"-guide", b"-book")
    before = before.replace(b"NEJMoa", b"NEJMob")
    path.write_bytes(before)

    summary = bring_in(path, editor).summary

    assert exporting.to_markdown(summary).encode() == before


@pytest.mark.parametrize(
    "words",
    ["", "no", "0x1F", "2026-05-08", "a: b", "# x", "‘curly’ – é 😀", "- x", '"', "null"],
)
def test_any_words_come_back_as_they_were(editor, tmp_path, words):
    condition = make_condition(editor, name=f"{words} disease", genes=[words or "x"])
    condition.abbreviation = words
    record(condition, editor)
    summary = Desk.draft.__get__(_desk(editor, condition))(body=words, short=words)

    path = exporting.write(summary, tmp_path)

    assert bring_in(path, editor).why.startswith("It is") is False


def test_shared_identifiers_of_a_scheme_come_back(editor, tmp_path):
    pairs = [{"scheme": "omim", "value": v} for v in ("166350", "135100")]
    desk = Desk()
    desk.condition.identifiers = pairs
    record(desk.condition, desk.editor)
    path = exporting.write(desk.draft(), tmp_path)

    assert importing.read(path).subject.condition.fields["identifiers"] == pairs
