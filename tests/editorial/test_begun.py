"""The first revision of a text."""

from dataclasses import replace

import pytest

from editorial import writing
from editorial.rules import MoveRefused
from tests.builders import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_starting_writes_revision_1_in_the_writers_name(desk):
    summary = desk.draft()

    row = summary.history.get()
    assert (row.revision, row.move, row.wrote_text) == (1, "start", True)
    assert row.history_user == desk.writer


def test_starting_without_words_has_written_no_text(desk):
    summary = writing.start(desk.condition, desk.question, by=desk.writer)

    assert summary.history.get().wrote_text is False


def test_an_answer_is_started_once(desk):
    desk.draft()

    with pytest.raises(MoveRefused, match="has a summary already"):
        desk.draft()


def test_an_answer_begun_twice_without_words_keeps_nothing(desk):
    desk.draft()

    with pytest.raises(MoveRefused) as refused:
        writing.start(desk.condition, desk.question, by=desk.editor)

    assert not isinstance(refused.value, writing.Conflict)


@pytest.mark.parametrize("short", ["- a list\n- of two", "## A heading", "Cited [@a]."])
def test_a_short_answer_takes_no_more_than_emphasis(desk, short):
    with pytest.raises(MoveRefused, match="the short answer takes paragraphs"):
        writing.start(
            desk.condition,
            desk.question,
            by=desk.writer,
            text=replace(desk.text("Words."), short_answer=short),
        )
