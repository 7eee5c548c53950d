"""No form takes a field that it does not show: whatever else is posted changes nothing.

Each form that acts is sent twice, as it is and with every field of every model beside
it, and leaves the same rows behind.
"""

import pytest
from django.apps import apps
from django.db import models

from editorial import clock
from tests.matrix import asking, words
from tests.matrix.asking import Came
from tests.matrix.copying import everything
from tests.matrix.tables import ROWS
from tests.matrix.tables.summaries import AT
from tests.walking import Forms

pytestmark = pytest.mark.django_db

OURS = ("conditions", "editorial", "auth", "admin")
FOREIGN = {"approved": "1", "publish": "1", "by": "1", "user": "1", "groups": "1"}
# Where the form of an address stands that answers no GET of its own.
SHOWN_AT = {
    f"{AT}<int:pk>/review/read/": f"{AT}<int:pk>/review/",
    f"{AT}<int:pk>/comments/<int:number>/": f"{AT}<int:pk>/comments/",
    f"{AT}<int:pk>/kept/<int:number>/leave-out/": f"{AT}<int:pk>/kept/<int:number>/",
    f"{AT}<int:pk>/history/<int:number>/restore/": (
        f"{AT}<int:pk>/history/<int:number>/"
    ),
}


def forged(field):
    """Return what somebody would post who wants the field to be otherwise."""
    match field:
        case models.BooleanField():
            return "on"
        case models.DateField():
            return "1999-01-01"
        case models.ForeignKey() | models.OneToOneField() | models.IntegerField():
            return "1"
    if field.choices:
        return str(field.choices[-1][0])
    return "Forged"


def every_field():
    """Return every field of our models by each name that a form could give it."""
    found = dict(FOREIGN)
    for label in OURS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            for field in model._meta.concrete_fields:
                found |= {name: forged(field) for name in (field.name, field.attname)}
    return found


def acting():
    """Return each row with somebody for whom its form acts, in a state in which."""
    for row in ROWS:
        for role in words.EVERYBODY:
            states = [s for s in row.states if row.expects("POST", role, s) == "acts"]
            if states:
                yield row, role, states[0]
                break


def named(value):
    return getattr(value, "pattern", value)


@pytest.mark.parametrize(("row", "role", "state"), list(acting()), ids=named)
def test_a_form_takes_no_field_that_it_does_not_show(site, visit_all, row, role, state):
    shown = names(site, visit_all, row, role, state) | row.typed.keys()
    foreign = {name: v for name, v in every_field().items() if name not in shown}

    with clock.moved_to(clock.now()):
        alone, _ = left_behind(site, visit_all, row, role, state, {})
        beside, came = left_behind(site, visit_all, row, role, state, foreign)

    assert {"is_superuser", "status", "signed_at", "live_edition"} <= foreign.keys()
    assert came.word == words.ACTS
    assert beside == alone


def names(site, visit_all, row, role, state):
    """Return the fields of the form, as the person was shown it."""
    at = SHOWN_AT.get(row.pattern, row.pattern)
    page = next(one for one in ROWS if one.pattern == at and one.fill == row.fill)
    came = asking.ask(visit_all, site, page, "GET", role, state)
    forms = Forms(came.answer.body.decode()).forms
    typed = row.typed.keys() - {"act"}
    return max((form.names for form in forms), key=lambda has: len(typed & has))


def left_behind(site, visit_all, row, role, state, foreign) -> tuple[dict, Came]:
    """Send the form; return all that is in the database afterwards, and the answer."""
    rows = {}
    came = asking.ask(
        visit_all,
        site,
        row,
        "POST",
        role,
        state,
        beside=foreign,
        then=lambda: rows.update(everything()),
    )
    return rows, came
