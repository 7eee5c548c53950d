"""The desk on live pages that the catalogue has left behind: home, list, source."""

from datetime import date, timedelta

import pytest

from conditions.models import Condition, Source
from editorial import accounts, catalogue, clock, publishing, workflow, writing
from editorial.models import User
from tests.builders import (
    Desk,
    fresh,
    make_condition,
    make_editor,
    make_user,
    sign,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/summary/left-behind/"
RETRACTED = date(2026, 5, 3)
# Session, account, roles; ten queues, own texts kept from a conflict; readers' reports;
# plans, altered editions, pages, credentials; questions changed, pages that can differ,
# their sources; when the worker last ran.
HOME_QUERIES = 26
# Session, account, roles; questions, pages, sources; their summaries.
LIST_QUERIES = 10


@pytest.fixture
def desk():
    return Desk()


def change(entry, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    by = User.objects.filter(username="cataloguer").first()
    assert catalogue.save(entry, by=by or make_editor("cataloguer"))


def groups(client, user):
    client.force_login(user)
    found = client.get("/admin/").context["groups"]
    return {group.name: group for group in found if group.rows}


def many_live(desk, count):
    for number in range(count):
        name = f"c{number}"
        condition = make_condition(desk.editor, slug=name, name=name, identifiers=[])
        summary = writing.start(
            condition, desk.question, by=desk.writer, text=desk.text()
        )
        workflow.submit_for_review(summary, by=desk.writer)
        sign(summary, by=desk.reviewer)


# Home


def test_a_page_that_differs_waits_for_an_editor_and_says_in_what(client, desk):
    summary = desk.live()
    change(desk.condition, synonyms=["another name"])

    group = groups(client, desk.editor)["outdated"]

    (row,) = group.rows
    assert (row.said, group.address) == ("condition: synonyms", LIST)
    assert row.address == f"/admin/editorial/summary/{summary.pk}/review/"
    assert "outdated" not in groups(client, desk.reviewer)


def test_a_page_that_cites_a_retracted_source_waits_for_an_editor(client, desk):
    desk.live()
    change(desk.sources[1], retracted_on=RETRACTED)

    found = groups(client, desk.editor)

    (row,) = found["retracted"].rows
    assert (row.said, row.since) == ("gard-poh", RETRACTED)
    assert "outdated" not in found


def test_a_long_list_of_differences_is_cut_short(client, desk):
    desk.live()
    change(desk.condition, abbreviation="X", community_name="A")
    for source in desk.sources:
        change(source, title="T")

    (row,) = groups(client, desk.editor)["outdated"].rows

    assert row.said.endswith("; and 1 more")


@pytest.mark.parametrize("count", [3, 12])
def test_home_and_list_ask_as_often_for_three_pages_as_for_twelve(
    client, desk, django_assert_num_queries, count
):
    many_live(desk, count)
    change(desk.sources[0], title="Corrected")
    client.force_login(desk.editor)

    with django_assert_num_queries(HOME_QUERIES):
        home = client.get("/admin/")
    with django_assert_num_queries(LIST_QUERIES):
        listed = client.get(LIST)

    found = {group.name: len(group.rows) for group in home.context["groups"]}
    assert (found["outdated"], len(listed.context["places"])) == (count, count)


@pytest.mark.parametrize(
    ("leave", "why"),
    [("account", "whose account is shut"), ("role", "who is no editor any more")],
)
def test_a_publication_that_will_fail_is_told_before_its_time(client, desk, leave, why):
    at = clock.now() + timedelta(days=1)
    desk.sign(publishing.schedule(desk.in_review(), by=desk.editor, at=at))
    other = make_editor("anna")
    before = groups(client, other)

    if leave == "account":
        accounts.set_active(desk.editor, False, by=make_user("root", superuser=True))
    else:
        desk.editor.groups.clear()

    found = groups(client, other)
    assert "scheduled" in before
    assert "scheduled" not in found
    (row,) = found["failing"].rows
    assert row.said == f"scheduled by Maren Holt, {why}: schedule it anew"


def test_scheduled_anew_by_an_editor_it_fails_no_more(client, desk):
    at = clock.now() + timedelta(days=1)
    summary = desk.sign(publishing.schedule(desk.in_review(), by=desk.editor, at=at))
    desk.editor.groups.clear()
    other = make_editor("anna")

    publishing.schedule(fresh(summary), by=other, at=at)

    assert set(groups(client, other)) == {"scheduled"}


# The list


def test_the_list_leads_to_what_can_be_done_by_role(client, desk):
    summary = desk.live()
    change(desk.sources[1], retracted_on=RETRACTED)

    def offered(user):
        client.force_login(user)
        (place,) = client.get(LIST).context["places"]
        return [act["address"].split("/")[-2] for act in place["acts"]]

    assert offered(desk.editor) == ["start_revision", "recheck", "withdraw"]
    assert offered(desk.writer) == ["start_revision"]
    assert offered(desk.reviewer) == ["recheck", "withdraw"]
    workflow.start_revision(summary, by=desk.writer)
    assert offered(desk.writer) == []


def test_a_page_that_only_differs_is_not_offered_for_withdrawal(client, desk):
    desk.live()
    change(desk.condition, abbreviation="X")
    client.force_login(desk.editor)

    (place,) = client.get(LIST).context["places"]

    assert [act["label"] for act in place["acts"]] == [
        "Start a revision",
        "Send to recheck",
    ]


def test_retractions_come_first_in_the_list(client, desk):
    many_live(desk, 1)
    live = desk.live()
    change(Condition.objects.get(name="c0"), abbreviation="X")
    own = Source(key="own", title="O", url="https://a.org/", year=2001)
    catalogue.save(own, by=desk.editor)
    desk.new_edition(live, "It is rare [@own].")
    change(own, retracted_on=RETRACTED)
    client.force_login(desk.editor)

    places = client.get(LIST).context["places"]

    assert [bool(place["retracted"]) for place in places] == [True, False]


def test_with_everything_in_step_the_list_says_so(client, desk):
    client.force_login(desk.editor)

    page = client.get(LIST).content.decode()

    assert "Every live page shows the words of the catalogue." in page


def test_the_list_is_for_people_with_a_role(client, desk):
    client.force_login(make_user("root", superuser=True))

    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("query", ["p=zz", "p=99", "p=-1", "x=y"])
def test_an_odd_question_to_the_list_is_answered(client, desk, query):
    client.force_login(desk.editor)

    assert client.get(f"{LIST}?{query}").status_code == 200
    assert client.post(LIST).status_code == 405
