"""What is sent to one text's address about another text does nothing to either.

Each is the form that acts, with one number in it that belongs to somebody else.
"""

import pytest

from editorial import settling
from editorial.models import LostText, SignOff, Summary
from tests.matrix import asking
from tests.matrix.tables import ROWS
from tests.matrix.tables import people as accounts
from tests.matrix.tables.summaries import AT
from tests.matrix.words import (
    ACTS,
    CHANGES,
    DRAFT,
    EDITOR,
    GET,
    LIVE,
    NOT_FOUND,
    OPENS,
    PEOPLE,
    POST,
    REVIEW,
    REVIEWER,
    WRITER,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(site, visit_all):
    """Sends the form of an address; `beside` and `at` say what is another's."""

    def send(row, role, state, method=POST, *, at=None, then=None, **beside):
        at = {**site.facts[state], **(at or {})}
        said = {name: str(value) for name, value in beside.items()}
        asked = {"at": at, "beside": said, "then": then}
        return asking.ask(visit_all, site, row, method, role, state, **asked).word

    return send


def line(pattern, **typed):
    return next(
        row
        for row in ROWS
        if row.pattern == pattern and typed.items() <= {**row.fill, **row.typed}.items()
    )


KEPT = line(f"{AT}<int:pk>/kept/<int:number>/")
LEAVE_OUT = line(f"{AT}<int:pk>/kept/<int:number>/leave-out/")
CHANGE = line(f"{AT}<path:object_id>/change/")
REVISION = line(f"{AT}<int:pk>/history/<int:number>/")
RESTORE = line(f"{AT}<int:pk>/history/<int:number>/restore/")
SIGN = line(f"{AT}<int:pk>/review/")
ASSIGN = line(f"{AT}<int:pk>/moves/<slug:name>/", name="assign")
VERIFY = line(f"{accounts.AT}<path:object_id>/change/", act="verify")
PAIR = line(f"{accounts.AT}<path:object_id>/change/", act="pair")


@pytest.mark.parametrize("other", [DRAFT, LIVE])
def test_the_hash_of_another_text_signs_nothing(site, sent, other):
    found = []
    sha256 = site.facts[other]["sha256"]

    def then():
        found.append(SignOff.objects.filter(summary=site.facts[REVIEW]["pk"]).exists())

    shown = {"content_sha256": sha256, "read": ""}

    came = sent(SIGN, REVIEWER, REVIEW, **shown, then=then)

    assert (came, found) == (OPENS, [False])


@pytest.mark.parametrize(("row", "method"), [(KEPT, GET), (LEAVE_OUT, POST)])
def test_a_kept_text_is_found_below_its_own_summary_alone(site, sent, row, method):
    others = {"kept": site.facts[CHANGES]["kept"]}

    assert sent(row, WRITER, DRAFT, method, at=others) == NOT_FOUND


def test_a_save_settles_no_kept_text_of_another_summary(site, sent):
    number, settled = site.facts[CHANGES]["kept"], []

    def then():
        texts = settling.with_settlement(LostText.objects.filter(pk=number))
        settled.append(texts.get().settled_in)

    assert sent(CHANGE, WRITER, DRAFT, then=then, kept=number) == ACTS
    assert settled == [None]


@pytest.mark.parametrize(("row", "method"), [(REVISION, GET), (RESTORE, POST)])
def test_a_revision_that_only_another_text_has_is_not_found(site, sent, row, method):
    more = Summary.objects.get(pk=site.facts[LIVE]["pk"]).revision
    assert more > site.facts[DRAFT]["revision"]
    row = type(row)(**{**vars(row), "fill": {"number": str(more)}})

    assert sent(row, WRITER, DRAFT, method) == NOT_FOUND


def test_an_editor_assigns_nobody_who_is_no_reviewer(site, sent):
    assert sent(ASSIGN, EDITOR, REVIEW, reviewer=site.facts[REVIEW]["lapsed"]) == ACTS
    assert sent(ASSIGN, EDITOR, REVIEW, reviewer=site.facts[REVIEW]["shut"]) == OPENS


def test_a_reviewer_claims_for_nobody_else(site, sent):
    assert sent(ASSIGN, REVIEWER, REVIEW, reviewer=site.facts[REVIEW]["lapsed"]) == (
        OPENS
    )


def test_a_credential_is_verified_for_the_byline_that_was_looked_at(site, sent):
    other = site.facts[DRAFT]["reviewer_entry"]

    assert sent(VERIFY, EDITOR, DRAFT, byline=other) == OPENS


def test_nobody_is_paired_with_a_byline_that_somebody_has(site, sent):
    own = site.facts[DRAFT]["ines_byline"]

    assert sent(PAIR, PEOPLE, DRAFT, reviewer=own) == OPENS
