"""What falls due of what a reviewer signed, and how a row says since when."""

from datetime import date, timedelta

import pytest

from editorial import clock, workflow, writing
from editorial.desk.home.waiting import Row
from tests.builders import BODY, Desk, make_condition, make_reviewer, sign

# Session, account, roles; four queues, their rows, who is named; the credential;
# readers' reports.
QUERIES = 11
LIST = "/admin/editorial/summary/"


@pytest.fixture
def desk(db):
    return Desk()


def groups(client, user):
    """Return the rows of each group that has some, by its name."""
    client.force_login(user)
    found = client.get("/admin/").context["groups"]
    return {group.name: group.rows for group in found if group.rows}


def writing_in_review(desk, slug):
    condition = make_condition(desk.editor, slug=slug, name=slug, abbreviation="")
    summary = writing.start(condition, desk.question, by=desk.writer, text=desk.text())
    return workflow.submit_for_review(summary, by=desk.writer)


def later(days):
    return clock.moved_to(clock.now() + timedelta(days=days))


def mine(client, reviewer):
    """The groups of what this reviewer signed, by name, as numbers of rows."""
    found = groups(client, reviewer)
    return {name: len(rows) for name, rows in found.items() if "signed" in name}


def test_an_overdue_page_waits_for_who_signed_it(client, desk):
    sign(desk.in_review(), by=desk.reviewer, days=1)

    with later(3):
        assert mine(client, desk.reviewer) == {"signed_overdue": 1}
        assert mine(client, make_reviewer("jonas")) == {}


def test_a_page_waits_from_ninety_days_before_its_review(client, desk):
    sign(desk.in_review(), by=desk.reviewer, days=91)

    before = mine(client, desk.reviewer)
    with later(1):
        after = mine(client, desk.reviewer)

    assert (before, after) == ({}, {"signed_due_soon": 1})


def test_a_review_that_is_due_today_is_not_overdue_yet(client, desk):
    sign(desk.in_review(), by=desk.reviewer, days=1)

    with later(1):
        assert mine(client, desk.reviewer) == {"signed_due_soon": 1}


def test_of_two_signers_the_last_one_is_told(client, db):
    desk, second = Desk(signatures=2), make_reviewer("jonas")
    summary = desk.in_review()
    for reviewer in (desk.reviewer, second):
        sign(summary, by=reviewer, days=30)

    assert mine(client, desk.reviewer) == {}
    assert mine(client, second) == {"signed_due_soon": 1}


def test_who_signed_an_edition_before_is_not_told(client, desk):
    summary, second = desk.in_review(), make_reviewer("jonas")
    sign(summary, by=desk.reviewer, days=30)
    summary = desk.revise(
        workflow.start_revision(summary, by=desk.writer), f"{BODY} More."
    )
    sign(workflow.submit_for_review(summary, by=desk.writer), by=second, days=30)

    assert mine(client, desk.reviewer) == {}
    assert mine(client, second) == {"signed_due_soon": 1}


def test_a_withdrawn_page_waits_for_no_reviewer(client, desk):
    desk.withdrawn()

    with later(400):
        assert mine(client, desk.reviewer) == {}


def test_the_row_says_where_the_text_is_if_it_is_in_work_again(client, desk):
    summary = desk.in_review()
    sign(summary, by=desk.reviewer, days=30)
    said = []
    for move in (None, workflow.start_revision):
        if move:
            move(summary, by=desk.writer)
        (row,) = groups(client, desk.reviewer)["signed_due_soon"]
        said.append(row.said)

    assert said == ["", "its text is draft"]


def test_what_falls_due_first_stands_first(client, desk):
    for slug, days in (("late", 40), ("early", 20)):
        sign(writing_in_review(desk, slug), by=desk.reviewer, days=days)

    rows = groups(client, desk.reviewer)["signed_due_soon"]

    assert ["early" in row.what for row in rows] == [True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_a_reviewers_home_asks_as_often_for_one_page_as_for_three(
    client, desk, django_assert_num_queries, count
):
    for number in range(count):
        sign(writing_in_review(desk, f"live{number}"), by=desk.reviewer, days=20)
        writing_in_review(desk, f"review{number}")
    client.force_login(desk.reviewer)

    with django_assert_num_queries(QUERIES):
        answer = client.get("/admin/")

    found = {group.name: len(group.rows) for group in answer.context["groups"]}
    assert (found["signed_due_soon"], found["unassigned"]) == (count, count)


# Tiles


def test_a_tile_leads_to_the_list_of_what_it_counts(client, desk):
    sign(desk.in_review(), by=desk.reviewer, days=1)
    client.force_login(desk.reviewer)

    with later(3):
        (tile,) = [one for one in client.get("/admin/").context["groups"] if one.rows]
        listed = client.get(tile.address).context["cl"].result_list

    assert tile.address == f"{LIST}?due=overdue&signer=%3Ame"
    assert len(listed) == len(tile.rows) == 1


@pytest.mark.parametrize("who", ["writer", "reviewer", "editor"])
def test_every_tile_with_an_address_counts_what_its_list_shows(client, desk, who):
    sign(writing_in_review(desk, "due"), by=desk.reviewer, days=30)
    writing_in_review(desk, "submitted")
    desk.changes_requested()
    client.force_login(getattr(desk, who))

    groups = client.get("/admin/").context["groups"]
    tiles = [tile for tile in groups if tile.address.startswith(f"{LIST}?")]

    counted = {tile.name: len(tile.rows) for tile in tiles}
    assert counted == {
        tile.name: len(client.get(tile.address).context["cl"].result_list)
        for tile in tiles
    }
    assert sum(counted.values())


def test_a_tile_with_nothing_in_it_is_no_link(client, desk):
    client.force_login(desk.reviewer)

    page = client.get("/admin/").content.decode()

    assert "<li><span><b>0</b> assigned to you</span></li>" in page
    assert "reviewer=%3Ame" not in page


def test_a_tile_without_a_list_leads_to_its_rows(client, desk, settings):
    settings.PUBLISH_ON_SIGN_OFF = False
    desk.reviewed()
    client.force_login(desk.editor)

    page = client.get("/admin/").content.decode()

    assert '<a href="#unpublished">' in page
    assert '<tbody id="unpublished">' in page


def test_what_only_the_home_lists_stands_there_though_it_waits_for_more(
    client, desk, settings
):
    summary = desk.in_review()
    sign(summary, by=desk.reviewer, days=1)
    settings.PUBLISH_ON_SIGN_OFF = False
    desk.new_edition(summary, f"{BODY} More.")
    client.force_login(desk.editor)

    with later(3):
        table = client.get("/admin/").context["table"]

    assert [group.name for group, *_ in table] == ["overdue", "unpublished"]


@pytest.mark.parametrize("label", ["editorial", "conditions"])
def test_the_address_of_an_application_leads_home(client, desk, label):
    client.force_login(desk.editor)

    assert client.get(f"/admin/{label}/")["Location"] == "/admin/"


# Since when, in words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-120, "in 4 months"),
        (-59, "in 59 days"),
        (-1, "tomorrow"),
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days"),
        (59, "59 days"),
        (60, "2 months"),
        (366, "12 months"),
    ],
)
def test_a_row_says_how_long(days, words):
    since = clock.today() - timedelta(days=days)

    assert Row("What?", "/", since).how_long == words


def test_a_row_says_the_day_and_its_year_where_that_is_another():
    with clock.moved_to(clock.now().replace(year=2026, month=11, day=21)):
        days = [date(2026, 9, 16), date(2025, 9, 16), date(2026, 12, 1)]
        said = [Row("What?", "/", day).on for day in days]

    assert said == ["since 16 Sep", "since 16 Sep 2025", "1 Dec"]


def test_a_row_reads_a_moment_in_the_zone_of_the_site(settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    now = clock.now().replace(hour=10, minute=59)

    with clock.moved_to(now.replace(hour=13)):  # the next day, there
        assert Row("What?", "/", now).how_long == "yesterday"
