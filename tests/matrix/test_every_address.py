"""Every address × person × method × state, against the declared table.

All of it with CELLS=all; a good part of the lines whose address has some words with
CELLS=words; otherwise a sample that has each address with each person.
"""

import os
import re

import pytest
from django.urls import URLPattern, get_resolver

from tests.matrix import asking, words
from tests.matrix.tables import ROWS
from tests.matrix.world import CANARIES, UNSIGNED

pytestmark = pytest.mark.django_db

CELLS = os.environ.get("CELLS", "")
WHOLE = CELLS == "all"
LINES = [
    (place, row)
    for place, row in enumerate(ROWS)
    if WHOLE or re.search(CELLS, row.pattern)
]
FEWEST = 1_500


def patterns(resolver, before=""):
    """Yield every address of the resolver, as it is written there."""
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield here
        else:
            yield from patterns(one, here)


def named(pair):
    place, row = pair
    return f"{place}:{row.pattern}"


def test_every_address_has_a_line_and_every_line_an_address():
    declared, there = {row.pattern for row in ROWS}, set(patterns(get_resolver()))

    assert there - declared == set(), "declare these in tests/matrix/tables/"
    assert declared - there == set()


def test_the_table_has_as_many_cells_as_we_promise():
    assert sum(len(asking.cells(row)) for row in ROWS) >= FEWEST


def test_the_part_that_is_asked_each_time_has_each_address_with_each_person():
    parts = [asking.sample(row, n) for n, row in enumerate(ROWS)]

    assert all({cell[1] for cell in part} == set(words.EVERYBODY) for part in parts)
    assert {cell[0] for part in parts for cell in part} == set(words.METHODS)
    assert {cell[2] for part in parts for cell in part} == set(words.STATES)


@pytest.mark.parametrize("line", LINES, ids=named)
def test_an_address_answers_each_person_in_each_state_as_the_table_says(
    site, visit_all, line
):
    place, row = line
    surprises = []
    for cell in asked(row, place):
        came = asking.ask(visit_all, site, row, *cell)
        wanted = row.expects(*cell)
        if came.word != wanted:
            surprises.append(f"{' / '.join(cell)}: {came.word}, and not {wanted}")
        if told := leaks(row, came):
            surprises.append(f"{' / '.join(cell)}: tells {told}")

    assert not surprises, "\n".join(surprises)


def asked(row, place):
    if WHOLE:
        return asking.cells(row)
    return asking.part(row) if CELLS else asking.sample(row, place)


def leaks(row, came):
    """Return the words of drafts that an answer may not hold and does."""
    if came.word not in words.SHOWING:
        hidden = CANARIES
    elif row.token:
        hidden = ()  # a screen of the desk: drafts are what it is for
    else:
        hidden = (UNSIGNED,)
    return [canary for canary in hidden if canary in came.said]
