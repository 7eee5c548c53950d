"""What a mirror reads: every act once, in an order in which none is ever missed."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from conditions import in_order
from conditions.api import cursors
from conditions.models import Publication
from editorial import clock, publishing
from editorial.models import Summary
from tests import builders
from tests.builders import BODY, Desk, tamper

CHANGES = "/api/v1/changes"
IDS = "progressive-osseous-heteroplasia/research"


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def told(visit):
    return lambda address: json.loads(visit(address).body)


def there_and_back(desk):
    """Publish, withdraw, reinstate, publish: four acts on one page."""
    summary = desk.live()
    said = {"by": desk.editor, "reason": "A mistake."}
    publishing.withdraw(summary, note="We are checking.", **said)
    publishing.reinstate(builders.fresh(summary), **said)
    return desk.new_edition(builders.fresh(summary), f"{BODY}\n- braces")


def test_acts_are_told_in_their_order_with_their_notes_and_no_text(desk, visit, told):
    there_and_back(desk)

    acts = told(CHANGES)["items"]

    assert [(one["kind"], one["number"], one["edition"]) for one in acts] == [
        ("published", 1, 1),
        ("withdrawn", 2, 1),
        ("reinstated", 3, 1),
        ("published", 4, 2),
    ]
    assert {one["page"] for one in acts} == {IDS}
    assert [one["note"] for one in acts] == ["", "We are checking.", "", ""]
    assert "physiotherapy" not in visit(CHANGES).body.decode()


def test_a_mirror_that_asks_for_one_act_at_a_time_reads_each_once(desk, told):
    there_and_back(desk)

    numbers, part = [], told(f"{CHANGES}?limit=1")
    while True:
        numbers += [one["number"] for one in part["items"]]
        if not part["more"]:
            break
        part = told(f"{CHANGES}?limit=1&after={part['cursor']}")

    assert numbers == [1, 2, 3, 4]


def test_a_cursor_that_was_kept_leads_on_to_what_came_since(desk, told):
    summary = desk.live()
    kept = told(CHANGES)["cursor"]
    nothing = told(f"{CHANGES}?after={kept}")
    assert nothing == {"items": [], "cursor": kept, "more": False}

    desk.new_edition(summary, f"{BODY}\n- braces")

    assert [a["number"] for a in told(f"{CHANGES}?after={kept}")["items"]] == [2]


def test_a_cursor_from_before_the_first_act_leads_on_to_it(desk, told):
    kept = told(CHANGES)["cursor"]
    assert kept == cursors.BEGINNING

    desk.live()

    assert len(told(f"{CHANGES}?after={kept}")["items"]) == 1


def test_what_was_made_since_a_time_is_told_and_nothing_older(desk, told):
    there_and_back(desk)
    third = Publication.objects.get(number=3)
    second = third.at.replace(microsecond=0)
    tamper(
        "UPDATE conditions_publication SET at = %s WHERE number < 3",
        third.at - timedelta(days=1),
    )

    acts = told(f"{CHANGES}?since={second:%Y-%m-%dT%H:%M:%SZ}")["items"]

    assert [one["number"] for one in acts] == [3, 4]


def test_since_a_time_to_come_is_what_comes_next(desk, told):
    summary = desk.live()
    kept = told(f"{CHANGES}?since=2999-01-01T00:00:00Z")
    assert kept["items"] == []

    desk.new_edition(summary, f"{BODY}\n- braces")

    acts = told(f"{CHANGES}?after={kept['cursor']}")["items"]
    assert [one["number"] for one in acts] == [2]


def test_a_wrong_clock_makes_nothing_be_left_out(desk, told):
    """An act that says to be older, between two that are new, is told again."""
    there_and_back(desk)
    since = clock.now() - timedelta(hours=1)
    tamper(
        "UPDATE conditions_publication SET at = %s WHERE number = 3",
        since - timedelta(days=9),
    )

    acts = told(f"{CHANGES}?since={since:%Y-%m-%dT%H:%M:%SZ}")["items"]

    assert [one["number"] for one in acts] == [1, 2, 3, 4]


@pytest.mark.parametrize("since", ["1000-01-01T00:00:00Z", "2023-02-29T00:00:00Z"])
def test_a_time_before_everything_is_the_beginning(desk, told, since):
    desk.live()

    assert len(told(f"{CHANGES}?since={since}")["items"]) == 1


def test_a_cursor_of_another_history_is_told_to_be_one(desk, visit, told):
    """A site that was restored from an older copy has other acts by the same ids."""
    desk.live()
    kept = told(CHANGES)["cursor"]
    tamper("UPDATE conditions_publication SET root = %s", "0" * 64)

    answer = visit(f"{CHANGES}?after={kept}")

    assert answer.status == 409
    assert "Begin anew" in json.loads(answer.body)["detail"]


def test_a_cursor_of_an_act_that_is_not_there_is_told_to_be_one(desk, visit):
    assert visit(f"{CHANGES}?after=7-0123456789abcdef").status == 409
    assert visit(f"{CHANGES}?after=0-0123456789abcdef").status == 409


class Mirror:
    """Keeps a copy as the README says."""

    def __init__(self, visit):
        self.visit, self.copy, self.cursor = visit, {}, ""

    def follow(self):
        more = True
        while more:
            after = f"&after={self.cursor}" if self.cursor else ""
            part = json.loads(self.visit(f"{CHANGES}?limit=2{after}").body)
            for page in dict.fromkeys(act["page"] for act in part["items"]):
                self.fetch(page)
            self.cursor, more = part["cursor"], part["more"]

    def fetch(self, page):
        answer = self.visit(f"/api/v1/pages/{page}")
        self.copy.pop(page, None)
        if answer.status == 200:
            self.copy[page] = json.loads(answer.body)["record_sha256"]


def test_a_mirror_holds_what_is_live_after_whatever_acts(desk, visit, told):
    mirror, said = Mirror(visit), {"by": desk.editor, "reason": "A mistake."}

    def live():
        return {p["id"]: p["record_sha256"] for p in told("/api/v1/pages")["items"]}

    first = there_and_back(desk)
    mirror.follow()
    assert mirror.copy == live() != {}

    desk.question = builders.make_question(
        desk.editor, slug="cause", pattern="What causes {condition}?"
    )
    second = desk.live()
    publishing.withdraw(builders.fresh(first), note="We are checking.", **said)
    mirror.follow()
    assert mirror.copy == live()
    assert [*mirror.copy] == ["progressive-osseous-heteroplasia/cause"]

    desk.new_edition(second, f"{BODY}\n- splints")
    publishing.reinstate(builders.fresh(first), **said)
    mirror.follow()
    assert mirror.copy == live()
    assert len(mirror.copy) == 2


@pytest.mark.django_db(transaction=True)
def test_no_act_appears_before_one_that_was_begun_earlier():
    """The second draws its id only when the first can be seen, whoever looks when."""
    desk = Desk()
    first = desk.live()
    desk.question = builders.make_question(
        desk.editor, slug="cause", pattern="What causes {condition}?"
    )
    second = desk.live()
    seen, begun = [], threading.Event()

    def withdraw():
        begun.set()
        try:
            with transaction.atomic():
                publishing.withdraw(second, by=desk.editor, reason="A.", note="Second.")
            seen.append([act.note for act in in_order.acts(0, 9).found])
        finally:
            connections.close_all()

    other = threading.Thread(target=withdraw)
    with transaction.atomic():
        publishing.withdraw(first, by=desk.editor, reason="A.", note="First.")
        other.start()
        begun.wait()
        other.join(0.5)
        assert other.is_alive(), "it drew an id while the first was not to be seen"
    other.join(20)

    assert [note for note in seen[0] if note] == ["First.", "Second."]
    assert Summary.objects.count() == 2
    assert connection.vendor in ("sqlite", "postgresql")
