"""No answer tells those who may not know whether a draft, a revision or an account is
there: what is and what is not are answered byte for byte alike.
"""

import re
from urllib.parse import quote

import pytest

from tests.matrix import asking
from tests.matrix.tables import ROWS
from tests.matrix.test_every_address import WHOLE
from tests.matrix.words import (
    COLLEAGUE,
    EDITOR,
    EVERYBODY,
    LIVE,
    METHODS,
    NONE,
    OUTSIDERS,
    PEOPLE,
    WITHDRAWN,
)

pytestmark = pytest.mark.django_db

# What readers may know: that there is, or was, a page.
PUBLIC = (LIVE, WITHDRAWN)
# By the beginning of an address: who may not know what is there.
BLIND = {
    "accounts/passkeys/": tuple(r for r in EVERYBODY if r != COLLEAGUE),
    "conditions/": EVERYBODY,
    "admin/editorial/user/": tuple(r for r in EVERYBODY if r not in (EDITOR, PEOPLE)),
    "admin/r/": EVERYBODY,
    "admin/": (*OUTSIDERS, PEOPLE),
}
# What differs from one answer to the next to the same request.
CHANGING = (
    r'name="csrfmiddlewaretoken" value="\w+"',
    r"(?m)^(?:Expires|X-Request-ID|Set-Cookie|Content-Length|ETag): .*$",
)


def blind(row):
    """Return who may not know what is at an address, which has a row or none."""
    if NONE not in row.states:
        return ()
    return next((w for at, w in BLIND.items() if row.pattern.startswith(at)), ())


ASKED = [(row, role) for row in ROWS for role in blind(row)]


def named(value):
    return value if isinstance(value, str) else value.pattern


def pairs(row, place):
    """Return the (method, state) to compare with the same where there is nothing."""
    states = [s for s in row.states if s != NONE]
    if row.pattern.startswith("conditions/"):
        states = [s for s in states if s not in PUBLIC]
    every = [(method, state) for state in states for method in METHODS]
    return every if WHOLE else [every[place % len(every)]]


@pytest.mark.parametrize("row", [r for r in ROWS if blind(r)], ids=named)
def test_what_is_there_and_what_is_not_are_answered_alike(site, visit_all, row):
    told = [
        f"{role}: {method} of {state}"
        for n, role in enumerate(blind(row), start=ROWS.index(row) * 5)
        for method, state in pairs(row, n)
        if answered(site, visit_all, row, method, role, state)
        != answered(site, visit_all, row, method, role, state, gone=True)
    ]

    assert not told, "\n".join(told)


def answered(site, visit_all, row, method, role, state, gone=False):
    """Return an answer without what always changes and without its own address.

    The same form is sent in both cases: only the address names what is not there.
    """
    facts = site.facts[state]
    at = site.facts[NONE] if gone else facts
    came = asking.ask(visit_all, site, row, method, role, state, at=at)
    said = came.said
    for address in (asking.filled(row, at), row.pattern):
        for way in (f"/{address}", quote(f"/{address}", safe="")):
            said = said.replace(way, "/…")
    return came.answer.status, settled(said)


def settled(said):
    """Return what was said without what differs from one answer to the next."""
    for changing in CHANGING:
        said = re.sub(changing, "", said)
    return said
