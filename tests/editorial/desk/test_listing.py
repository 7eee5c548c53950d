"""Every list of the desk: how it is asked, and what it says of its answer."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from editorial import clock, workflow, writing
from tests.builders import Desk, make_condition, sign
from tests.readers import parse

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/summary/"
SOURCES = "/admin/conditions/source/"


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


def shown(client, address, **asked):
    return parse(SimpleNamespace(body=client.get(address, asked).content))


def chips(page):
    return {
        link.words.split(" ✕")[0]: link.attrs["href"]
        for line in page.all("p", class_="chosen")
        for link in line.all("a")
    }


# What is asked


def test_a_form_sends_its_empty_fields_and_its_address_is_kept_short(as_editor):
    answer = as_editor.get(f"{LIST}?q=&state=draft&public=&reviewer=")

    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?state=draft")


def test_an_empty_form_leads_to_the_whole_list(as_editor):
    assert as_editor.get(f"{LIST}?q=&state=")["Location"] == LIST


def test_the_filter_that_is_set_is_chosen_in_its_select(as_editor, desk):
    desk.draft()

    page = shown(as_editor, LIST, state="draft")

    options = page.one("select", name="state").all("option")
    chosen = [one.attrs["value"] for one in options if "selected" in one.attrs]
    fold = page.one("details", class_="filters").one("summary")
    assert (chosen, fold.words) == (["draft"], "Filter (1 set)")


def test_every_select_of_a_list_has_a_label(as_editor, desk):
    for address in (LIST, SOURCES, "/admin/editorial/user/"):
        page = shown(as_editor, address)

        labelled = {label.attrs["for"] for label in page.all("label")}
        asked = {one.attrs["id"] for one in page.all("select")}
        assert asked
        assert asked <= labelled


def test_each_thing_that_narrows_a_list_is_said_and_can_be_taken_away(as_editor, desk):
    desk.draft()

    page = shown(as_editor, LIST, q="POH", state="draft", reviewer=":nobody", o="2")

    assert chips(page) == {
        "“POH”": "?o=2&reviewer=%3Anobody&state=draft",
        "State: Draft": "?o=2&q=POH&reviewer=%3Anobody",
        "Reviewer: Nobody yet": "?o=2&q=POH&state=draft",
        "Clear all": LIST,
    }


def test_a_value_that_nobody_offers_is_said_and_can_be_taken_away(as_editor, desk):
    desk.draft()

    page = shown(as_editor, LIST, state="<b>lost</b>")

    assert chips(page)["State: <b>lost</b>"] == "?"
    assert "No summary fits." in page.text


def test_a_new_question_keeps_the_order_and_leaves_the_page(as_editor, desk):
    desk.draft()

    page = shown(as_editor, LIST, o="-2", state="draft", p="1")

    (kept,) = page.one("form", class_="asking").all("input", type="hidden")
    assert (kept.attrs["name"], kept.attrs["value"]) == ("o", "-2")


# What is answered


def test_the_column_that_orders_the_rows_says_so(as_editor, desk):
    desk.draft()

    page = shown(as_editor, LIST, o="-1")

    sorted_by = [head for head in page.all("th") if "aria-sort" in head.attrs]
    assert [(head.words, head.attrs["aria-sort"]) for head in sorted_by] == [
        ("State ▼", "descending")
    ]
    assert sorted_by[0].one("a").attrs["href"] == "?o=1"


def test_each_cell_says_what_it_is_where_there_are_no_columns(as_editor, desk):
    desk.draft()

    (row,) = shown(as_editor, LIST).one("tbody").all("tr")

    assert row.one("th").one("a").attrs["href"].startswith(LIST)
    assert [label.words for label in row.all("span", class_="label")] == [
        "State:",
        "Readers see:",
        "Next review:",
        "Reviewer:",
        "Last saved:",
    ]


def test_a_field_of_choices_is_shown_in_words(as_editor, desk):
    kinds = {
        cell.words for cell in shown(as_editor, SOURCES).all("td", class_="field-kind")
    }

    assert "Kind: Journal article" in kinds


def test_a_long_list_is_shown_by_pages(as_editor, desk, monkeypatch):
    monkeypatch.setattr("editorial.desk.listing.ListAdmin.list_per_page", 2)
    for number in range(5):
        another(desk, f"c-{number}", desk.writer)

    way = shown(as_editor, LIST, p="2", state="draft").one("nav", class_="pager")

    links = {link.words: link.attrs["href"] for link in way.all("a")}
    assert links["Previous"] == links["Page 1"] == "?p=1&state=draft"
    assert links["Next"] == links["Page 3"] == "?p=3&state=draft"
    assert way.one("b").words == "Page 2"
    assert way.words.startswith("5 summaries")


def test_a_short_list_has_no_pages(as_editor, desk):
    desk.draft()

    way = shown(as_editor, LIST).one("nav", class_="pager")

    assert (way.words, way.all("a")) == ("1 summary", [])


def test_an_overdue_review_is_said_in_the_row(as_editor, desk):
    sign(desk.in_review(), by=desk.reviewer, days=1)

    with clock.moved_to(clock.now() + timedelta(days=3)):
        (cell,) = shown(as_editor, LIST).all("td", class_="field-review")

    assert cell.one("span", class_="state").words == "Overdue"


def test_a_reviewer_is_missed_only_while_a_text_is_in_review(as_editor, desk):
    summary = desk.draft()
    pages = (LIST, f"{LIST}{summary.pk}/change/")

    def missed():
        return ["nobody yet" in as_editor.get(page).content.decode() for page in pages]

    assert missed() == [False, False]
    workflow.submit_for_review(summary, by=desk.writer)
    assert missed() == [True, True]
