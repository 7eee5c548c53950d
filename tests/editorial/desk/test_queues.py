"""The queues: counted on the home, shown whole by the list, the same by both."""

from datetime import timedelta

import pytest

from editorial import clock, publishing, workflow
from editorial.desk import queues
from editorial.states import Role
from tests.builders import Desk, make_condition, make_writer, sign

LIST = "/admin/editorial/summary/"
TRIAL = "As of {day}, the trial is recruiting [@gard-poh]."


@pytest.fixture
def desk(db):
    return Desk()


def named(desk, name):
    """Let what follows be about a condition of its own."""
    desk.condition = make_condition(desk.editor, slug=name, name=name, abbreviation="")


def trial(days):
    """Return a statement that lapses in so many days."""
    day = clock.months_after(clock.today() + timedelta(days), -3)
    return TRIAL.format(day=day.isoformat())


def fill(desk):
    """Put something into every queue."""
    for days in (1, 20, 50, 80, 200):
        named(desk, f"due{days}")
        sign(desk.in_review(), by=desk.reviewer, days=days)
    for name, make in (
        *(("draft", desk.draft), ("sent", desk.changes_requested)),
        *(("free", desk.in_review), ("withdrawn", desk.live)),
    ):
        named(desk, name)
        last = make()
    publishing.withdraw(last, by=desk.editor, reason="A slip.", note="We check it.")
    named(desk, "mine")
    workflow.assign(desk.in_review(), by=desk.editor, reviewer=desk.reviewer)
    for name, days in (("lapses", 60), ("lapses-later", 100)):
        named(desk, name)
        sign(desk.in_review(body=trial(days)), by=desk.reviewer, days=30)


def shown(client, address):
    """Return the names of the conditions in a list, in its order."""
    found = client.get(address).context["cl"].result_list
    return [row.condition.name for row in found]


def test_each_tile_counts_what_its_address_lists(client, desk):
    fill(desk)
    counts = {}

    with clock.moved_to(clock.now() + timedelta(days=3)):
        for user in (desk.writer, desk.reviewer, desk.editor):
            client.force_login(user)
            for group in client.get("/admin/").context["groups"]:
                if group.address.startswith(f"{LIST}?"):
                    counts[group.name] = group.total
                    assert len(shown(client, group.address)) == group.total

    assert counts == {
        **{"overdue": 1, "signed_overdue": 1, "sent_back": 1, "assigned": 1},
        **{"unassigned": 1, "in_review": 2, "changes": 1, "writerless": 0},
        **{"drafts": 1, "withdrawn": 1, "lapsing": 1, "signed_due_soon": 5},
        **{"due_30": 3, "due_60": 4, "due_90": 5},
    }


def test_what_is_due_first_stands_first_in_its_queue(client, desk):
    for days in (80, 20, 50):
        named(desk, f"in-{days}")
        sign(desk.in_review(), by=desk.reviewer, days=days)
    client.force_login(desk.editor)

    assert shown(client, f"{LIST}?due=90") == ["in-20", "in-50", "in-80"]
    page = client.get(f"{LIST}?due=90").content.decode()
    assert page.split('aria-sort="ascending"')[1].split("</th>")[0].count("Next review")


def test_what_lapses_first_stands_first_and_says_when(client, desk):
    for days in (60, 40):
        named(desk, f"in-{days}")
        sign(desk.in_review(body=trial(days)), by=desk.reviewer, days=10)
    client.force_login(desk.editor)

    with clock.moved_to(clock.now() + timedelta(days=50)):
        address = f"{LIST}?lapsing=90"
        assert shown(client, address) == ["in-40", "in-60"]
        page = client.get(address).content.decode()
        assert shown(client, f"{LIST}?lapsing=lapsed") == ["in-40"]

    assert page.count("statement lapsed ") == 1
    assert page.count("statement lapses ") == 1


def test_a_text_signed_anew_is_in_the_queue_no_more(client, desk):
    summary = desk.in_review(body=trial(60))
    sign(summary, by=desk.reviewer, days=10)
    client.force_login(desk.editor)
    before = len(shown(client, f"{LIST}?lapsing=90"))

    desk.new_edition(summary, "Nothing of the kind [@gard-poh].")

    assert (before, shown(client, f"{LIST}?lapsing=90")) == (1, [])


@pytest.mark.parametrize("word", ["", "0", "91", "-1", "soon", "9" * 99, "½"])
@pytest.mark.parametrize("name", ["due", "lapsing"])
def test_a_word_that_no_filter_has_finds_nothing_and_says_so(client, desk, name, word):
    desk.live()
    client.force_login(desk.editor)

    answer = client.get(LIST, {name: word}, follow=True)

    assert answer.status_code == 200
    assert answer.context["cl"].result_count == (0 if word else 1)


def test_a_person_is_led_to_their_own_queues_and_told_which_is_shown(client, desk):
    desk.draft()
    client.force_login(desk.writer)

    page = client.get(f"{LIST}?writer=%3Ame&state=draft&o=2").content.decode()

    assert "<summary>Queues: drafts of yours</summary>" in page
    assert page.count('aria-current="page">Drafts of yours</a>') == 1
    assert "Reviews overdue" not in page


def test_a_queue_searched_is_none_any_more():
    roles = {Role.EDITOR}

    assert queues.asked_for({"due": "30"}, roles).name == "due_30"
    assert queues.asked_for({"due": "30", "q": "FOP"}, roles) is None
    assert queues.asked_for({"due": "30"}, {Role.WRITER}) is None


def test_a_text_of_somebody_else_is_in_no_queue_of_mine(client, desk):
    desk.changes_requested()
    client.force_login(make_writer("lena"))

    assert shown(client, f"{LIST}?state=changes_requested&writer=%3Ame") == []


# Session, account, roles; their number, keys and rows; the names in five filters.
@pytest.mark.parametrize("count", [3, 12])
def test_a_queue_asks_as_often_for_three_as_for_twelve(
    client, desk, django_assert_num_queries, count
):
    for number in range(count):
        named(desk, f"c{number}")
        sign(desk.in_review(body=trial(60)), by=desk.reviewer, days=20)
    client.force_login(desk.editor)

    for query in ("due=30", "lapsing=90"):
        with django_assert_num_queries(11):
            answer = client.get(f"{LIST}?{query}")
        assert answer.context["cl"].result_count == count
