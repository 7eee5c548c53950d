"""How often preflight would hold back good writing: counted, word by word."""

import pytest
import time_machine

from editorial import preflight
from editorial.checks.finding import Severity
from editorial.checks.ruleset import rules
from editorial.importing.unread import text_of
from tests.test_good_writing import FINISHED_ON, REWRITE, TEXTS

pytestmark = pytest.mark.django_db
HELD = {Severity.BLOCKS, Severity.REASON}


def held_back(paths):
    """Return each finding that would hold one of the texts back."""
    with time_machine.travel(FINISHED_ON, tick=False):
        return [
            (path.stem, one.code, one.words)
            for path in paths
            for one in preflight.look(text_of(path), rules())
            if one.severity in HELD
        ]


def test_good_writing_is_held_back_less_than_once_in_100_paragraphs():
    # 265 paragraphs. Each is a false finding, and told here by its words.
    assert held_back(TEXTS) == [("natural-history-nis", "P22", "10 ml")]


def test_a_plain_rewrite_of_the_page_is_held_back_by_nothing():
    assert held_back(REWRITE) == []
