"""“Reviewed without change” begins with one press, on the home or in the list."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest

from editorial import clock, workflow
from tests.builders import Desk, fresh, make_condition, sign
from tests.readers import parse

pytestmark = pytest.mark.django_db
OVERDUE = "/admin/editorial/summary/?due=overdue"
# Session, account, roles; filters, the count, the keys and the rows of the page.
QUERIES = 11


@pytest.fixture
def desk():
    return Desk()


def later(days):
    return clock.moved_to(clock.now() + timedelta(days=days))


def buttons(client, reviewer):
    client.force_login(reviewer)
    return client.get("/admin/").content.decode().count("Review it now")


def test_an_overdue_page_is_sent_to_recheck_and_opened_by_one_press(client, desk):
    sign(desk.in_review(), by=desk.reviewer, days=1)

    with later(3):
        client.force_login(desk.reviewer)
        page = client.get("/admin/").content.decode()
        form = re.search(r'<form class="recheck-now".*?</form>', page, re.S)[0]
        action = re.search(r'action="(.*?)"', form)[1]
        seen = re.search(r'name="revision" value="(\d+)"', form)[1]
        answer = client.post(action, {"revision": seen})
        review = client.get(answer.url).content.decode()

    assert answer.url.endswith("/review/")
    assert "reviewed without change" in review
    assert 'name="read"' not in review


def test_a_page_whose_text_is_worked_on_is_not_sent_to_recheck(client, desk):
    summary = desk.sign(desk.in_review(), days=1)

    with later(3):
        before = buttons(client, desk.reviewer)
        workflow.start_revision(summary, by=desk.writer)
        after = buttons(client, desk.reviewer)

    assert (before, after) == (1, 0)


def rows(client, user, address=OVERDUE):
    client.force_login(user)
    page = parse(SimpleNamespace(body=client.get(address).content))
    return [row.one("th") for row in page.one("tbody").all("tr")]


def overdue(desk, name):
    desk.condition = make_condition(desk.editor, slug=name, name=name, abbreviation="")
    summary = desk.in_review()
    sign(summary, by=desk.reviewer, days=1)
    return fresh(summary)


def test_a_row_of_the_overdue_is_sent_to_recheck_by_one_press(client, desk):
    overdue(desk, "late")

    with later(3):
        (row,) = rows(client, desk.reviewer)
        form = row.one("form", class_="recheck-now")
        seen = form.one("input", name="revision").attrs["value"]
        answer = client.post(form.attrs["action"], {"revision": seen}, follow=True)

    assert form.one("button").words == "Review it now: " + str(answer.context["title"])
    assert answer.redirect_chain[0][0].endswith("/review/")
    assert "Sent to recheck." in answer.content.decode()


def test_who_signs_nothing_is_offered_the_verb_by_its_own_name(client, desk):
    overdue(desk, "late")

    with later(3):
        (row,) = rows(client, desk.editor)
        (writers,) = rows(client, desk.writer)
        client.force_login(desk.editor)
        home = client.get("/admin/").content.decode()

    assert row.one("button").words.startswith("Send to recheck: ")
    assert home.count('<form class="recheck-now"') == 1
    assert writers.all("button") == writers.all("a", class_="button") == []


def test_where_it_would_be_refused_the_row_says_why(client, desk):
    summary = overdue(desk, "late")
    workflow.start_revision(summary, by=desk.writer)

    with later(3):
        (row,) = rows(client, desk.reviewer)
        button = row.one("a", class_="button")
        why = row.one(id=button.attrs["aria-describedby"])
        asked = client.get(button.attrs["href"]).content.decode()

    assert row.all("form") == []
    assert button.attrs["aria-disabled"] == "true"
    assert why.words == (
        "This summary is a draft; “Send to recheck” needs one that is reviewed. It is "
        "submitted and signed first."
    )
    assert why.words in asked


def test_a_row_that_moved_meanwhile_refuses_and_says_so(client, desk):
    summary = overdue(desk, "late")

    with later(3):
        (row,) = rows(client, desk.reviewer)
        workflow.start_revision(summary, by=desk.writer)
        address = row.one("form").attrs["action"]
        answer = client.post(address, {"revision": summary.revision})

    assert answer.status_code == 200
    assert "“Send to recheck” needs one that is reviewed." in answer.content.decode()


def test_a_list_that_asks_for_nothing_due_offers_none(client, desk):
    overdue(desk, "late")

    with later(3):
        (row,) = rows(client, desk.reviewer, "/admin/editorial/summary/")

    assert row.all("button") == []


def test_the_buttons_of_many_rows_cost_no_query(
    client, desk, django_assert_num_queries
):
    for name in ("a", "b", "c"):
        overdue(desk, name)
    workflow.start_revision(overdue(desk, "d"), by=desk.writer)
    client.force_login(desk.reviewer)

    with later(3), django_assert_num_queries(QUERIES):
        page = client.get(OVERDUE).content.decode()

    assert page.count("recheck-now") == 4
