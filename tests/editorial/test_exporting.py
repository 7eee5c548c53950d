"""What is exported says all that the catalogue has, and comes back unchanged."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction

from conditions.models import Condition, Source
from editorial import exporting, importing, writing
from editorial.models import Summary
from tests.builders import Desk, make_editor, record

PAGES = Path(__file__).parent / "pages"

pytestmark = pytest.mark.django_db


def bring_in(path, by):
    return importing.bring_in(importing.read(path), by=by)


@contextmanager
def another_newsroom():
    """All that is made within is gone afterwards, as if it were another database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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
def test_export_into_another_newsroom_is_exported_there_the_same(
    editor, tmp_path, name
):
    with another_newsroom():
        path = exporting.write(bring_in(PAGES / name, editor).summary, tmp_path)

    summary = bring_in(path, editor).summary

    assert exporting.to_markdown(summary) == path.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        *(
            "no",
            "0x1F",
            "2026-05-08",
            "a: b",
            "# x",
            "null",
            "~",
            "- x",
            "007",
            "&a *b",
        ),
        *(
            "‘curly’ – é 😀",
            '"',
            "{x}",
            "---",
            "a  b",
            "x" * 300,
            "\N{NO-BREAK SPACE}5",
        ),
    ],
)
def test_any_words_come_back_as_they_were(editor, tmp_path, words):
    with another_newsroom():
        bring_in(PAGES / "treatment.md", editor)
        condition, source = Condition.objects.get(), Source.objects.first()
        condition.synonyms, source.title = [words], words
        record(condition, editor)
        record(source, editor)
        summary = Summary.objects.get()
        text = writing.Text(short_answer=f"So {words}", body="Said [@amber-guide].")
        writing.revise(summary, by=editor, text=text, against=1)
        path = exporting.write(Summary.objects.get(), tmp_path)

    summary = bring_in(path, editor).summary

    assert exporting.to_markdown(summary) == path.read_text("utf-8")
    assert Source.objects.get().title == words
    assert summary.short_answer == text.settled()["short_answer"]


def test_several_identifiers_of_one_scheme_come_back(tmp_path):
    desk = Desk()
    pairs = [{"scheme": "omim", "value": value} for value in ("166350", "135100")]
    desk.condition.identifiers = pairs
    record(desk.condition, desk.editor)

    path = exporting.write(desk.draft(), tmp_path)

    assert importing.read(path).subject.condition.fields["identifiers"] == pairs


def test_value_cleared_in_one_newsroom_is_cleared_in_the_other(editor, tmp_path):
    bring_in(PAGES / "treatment.md", editor)
    with another_newsroom():
        condition = Condition.objects.get()
        condition.abbreviation, condition.community_members = "", None
        record(condition, editor)
        path = exporting.write(Summary.objects.get(), tmp_path)

    assert bring_in(path, editor).why == "changes condition amber-vessel-syndrome"
    condition = Condition.objects.get()
    assert (condition.abbreviation, condition.community_members) == ("", None)


def test_only_the_conditions_asked_for_are_chosen(editor):
    for name in ("research.txt", "treatment.md"):
        bring_in(PAGES / name, editor)

    assert [s.question.slug for s in exporting.chosen()] == [
        "promising-research-directions",
        "treatment",
    ]
    assert list(exporting.chosen(["another"])) == []


def test_summary_set_aside_is_not_chosen():
    desk = Desk()
    writing.set_aside(desk.draft(), by=desk.editor, reason="A duplicate.")

    assert list(exporting.chosen()) == []
