"""Who may not is told so before anything that they sent is looked at.

An empty form is refused as a full one is: a screen asks for the role by itself, and
does not leave that to the verb behind it.
"""

from dataclasses import replace

import pytest

from tests.matrix import asking
from tests.matrix.tables import ROWS
from tests.matrix.words import NEWSROOM, POST, REFUSED

pytestmark = pytest.mark.django_db

LINES = [
    (row, role)
    for row in ROWS
    for role in NEWSROOM
    if row.expects(POST, role, row.states[0]) == REFUSED
]


def named(value):
    return getattr(value, "pattern", value)


@pytest.mark.parametrize(("row", "role"), LINES, ids=named)
def test_an_empty_form_is_refused_to_whom_a_full_one_is(site, visit_all, row, role):
    pressed = {name: said for name, said in row.typed.items() if name == "act"}
    empty = replace(row, typed=pressed)

    came = asking.ask(visit_all, site, empty, POST, role, row.states[0])

    assert came.word == REFUSED
