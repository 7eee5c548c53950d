"""Where each row of the list of summaries leads, and what can be done in it."""

from types import SimpleNamespace

import pytest

from editorial import writing
from tests.builders import Desk, make_condition
from tests.readers import parse

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/summary/"


@pytest.fixture
def desk():
    return Desk()


def shown(client, user, address=LIST):
    client.force_login(user)
    return parse(SimpleNamespace(body=client.get(address).content))


def led(client, user, address=LIST):
    """Return where each row leads, and then whatever else stands beneath that."""
    rows = shown(client, user, address).one("tbody").all("tr")
    links = [[link.attrs["href"] for link in row.one("th").all("a")] for row in rows]
    return [[href.removeprefix(LIST) for href in row] for row in links]


@pytest.mark.parametrize("asked", ["", "?q=POH", "?state=in_review&reviewer=:nobody"])
def test_a_reviewer_is_led_to_the_review_and_from_there_to_the_text(
    client, desk, asked
):
    summary = desk.in_review()

    rows = led(client, desk.reviewer, LIST + asked)

    assert rows == [[f"{summary.pk}/review/", f"{summary.pk}/change/"]]


def test_who_reviews_nothing_is_led_to_the_text(client, desk):
    summary = desk.in_review()

    for user in (desk.writer, desk.editor):
        assert led(client, user) == [[f"{summary.pk}/change/"]]


@pytest.mark.parametrize("state", ["draft", "changes_requested", "live"])
def test_a_reviewer_is_led_to_the_text_of_what_is_not_in_review(client, desk, state):
    summary = getattr(desk, state)()

    assert led(client, desk.reviewer) == [[f"{summary.pk}/change/"]]


def test_a_reviewer_is_led_to_the_text_of_what_is_set_aside(client, desk):
    summary = writing.set_aside(desk.draft(), by=desk.writer, reason="Later.")

    assert led(client, desk.reviewer, f"{LIST}?aside=yes") == [
        [f"{summary.pk}/change/"]
    ]


def test_the_way_to_the_text_says_whose_it_is(client, desk):
    summary = desk.in_review()

    text = shown(client, desk.reviewer).one("a", class_="also")

    assert text.words == f"Text of {summary}"


def test_a_cell_of_the_grid_leads_a_reviewer_to_the_review(client, desk):
    for name in ("under", "written"):
        desk.condition = make_condition(desk.editor, slug=name, name=name)
        made = desk.in_review() if name == "under" else desk.draft()
        setattr(desk, name, made.pk)

    def cells(user):
        client.force_login(user)
        page = client.get("/admin/coverage/").context["grid"]
        found = {one.name: cells[0].address for one, _, cells in page}
        return [found[name].removeprefix(LIST) for name in ("under", "written")]

    assert cells(desk.reviewer) == [f"{desk.under}/review/", f"{desk.written}/change/"]
    assert cells(desk.writer) == [f"{desk.under}/change/", f"{desk.written}/change/"]
