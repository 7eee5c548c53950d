"""Summaries found by the people in them, and by their next review."""

from datetime import timedelta

import pytest

from editorial import clock, workflow, writing
from tests.builders import Desk, make_condition, make_reviewer, make_writer, sign

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/summary/"
DUE = ("overdue", "30", "60", "90")


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def as_editor(client, desk):
    client.force_login(desk.editor)
    return client


def another(desk, slug, by):
    """A draft for another condition, by somebody."""
    name = slug.replace("-", " ")
    condition = make_condition(desk.editor, slug=slug, name=name, abbreviation="")
    return writing.start(condition, desk.question, by=by, text=desk.text())


def found(client, **asked):
    answer = client.get(LIST, asked)
    return {str(row.pk) for row in answer.context["cl"].result_list}


def pks(*summaries):
    return {str(one.pk) for one in summaries}


def test_summaries_are_found_by_who_wrote_them(client, desk):
    lena = make_writer("lena")
    mine, hers = desk.draft(), another(desk, "hers", lena)
    both = another(desk, "both", lena)
    text = desk.text("A new text [@gard-poh].")
    writing.revise(both, by=desk.writer, text=text, against=both.revision)
    workflow.assign(hers, by=desk.editor, reviewer=desk.reviewer)
    client.force_login(desk.writer)

    assert found(client, writer=":me") == pks(mine, both)
    assert found(client, writer="lena") == pks(hers, both)
    assert found(client, writer="maren") == set()


def test_summaries_are_found_by_who_signed_last_what_readers_see(client):
    desk = Desk(signatures=2)
    second = make_reviewer("jonas", name="Jonas Adeyemi")
    summary = desk.in_review()
    sign(summary, by=desk.reviewer)
    half = found_by(client, desk.reviewer)
    sign(summary, by=second)

    assert half == set()
    assert found_by(client, desk.reviewer) == set()
    assert found_by(client, second) == pks(summary)


def found_by(client, reviewer):
    client.force_login(reviewer)
    return found(client, signer=":me")


def test_a_withdrawn_page_is_found_under_no_signer(client, desk):
    desk.withdrawn()

    assert found_by(client, desk.reviewer) == set()


@pytest.mark.parametrize(
    ("days", "where"),
    [
        *((-1, ["overdue"]), (0, ["30", "60", "90"]), (30, ["30", "60", "90"])),
        *((31, ["60", "90"]), (61, ["90"]), (90, ["90"]), (91, [])),
    ],
)
def test_summaries_are_found_by_their_next_review(as_editor, desk, days, where):
    summary = desk.in_review()
    sign(summary, by=desk.reviewer, days=100)

    with clock.moved_to(clock.now() + timedelta(days=100 - days)):
        here = {due: found(as_editor, due=due) for due in DUE}

    assert here == {due: pks(summary) if due in where else set() for due in DUE}


def test_of_two_signatures_the_earlier_day_is_the_next_review(client):
    desk = Desk(signatures=2)
    summary = desk.in_review()
    sign(summary, by=desk.reviewer, days=20)
    sign(summary, by=make_reviewer("jonas"), days=200)
    due = clock.today() + timedelta(days=20)

    client.force_login(desk.editor)
    (row,) = client.get(LIST).context["cl"].result_list

    assert row.due_on == due


def test_a_day_signed_for_the_next_edition_does_not_count_before_it_is_live(
    as_editor, desk, settings
):
    summary = desk.live()
    settings.PUBLISH_ON_SIGN_OFF = False
    summary = workflow.recheck(summary, by=desk.reviewer)
    sign(summary, by=desk.reviewer, days=20, change_type="no_change")

    assert found(as_editor, due="90") == set()
