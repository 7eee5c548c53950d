"""A screen that stays open is told what was done with its text, and by whom."""

import pytest

from editorial import publishing, workflow
from tests.builders import Desk, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def ask(client, desk):
    def asked(summary, seen, by=desk.reviewer):
        client.force_login(by)
        return client.get(f"/admin/editorial/summary/{summary.pk}/review/since/{seen}/")

    return asked


def test_a_text_that_stands_as_it_was_is_told_nothing(desk, ask):
    summary = desk.in_review()

    assert ask(summary, summary.revision).json() == {"said": ""}


def test_who_moved_it_when_and_how_is_told(desk, ask):
    summary = desk.in_review()
    workflow.recall(summary, by=desk.writer, reason="A slip.")

    said = ask(summary, summary.revision).json()["said"]

    assert said.startswith("Tomás Rey recalled the text from review at ")
    assert "times since" not in said


def test_how_often_it_moved_is_told(desk, ask):
    summary = desk.in_review()
    workflow.assign(summary, by=desk.editor, reviewer=desk.reviewer)
    workflow.recall(summary, by=desk.editor, reason="A slip.")

    said = ask(summary, summary.revision).json()["said"]

    assert said.endswith("It has moved 2 times since you opened it.")


def test_what_is_done_to_the_page_needs_no_edition_to_be_told(desk, ask):
    summary = desk.live()
    signed = ask(summary, 2).json()["said"]
    publishing.withdraw(summary, by=desk.editor, reason="r", note="We check a dose.")
    withdrawn = ask(summary, summary.revision).json()["said"]
    publishing.reinstate(fresh(summary), by=desk.editor, reason="r")

    assert signed.startswith("Ines Falk signed the text at ")
    assert withdrawn.startswith("Maren Holt withdrew the page from readers at ")
    assert "put the page back" in ask(summary, summary.revision + 1).json()["said"]


def test_it_asks_little(desk, client, django_assert_num_queries):
    address = f"/admin/editorial/summary/{desk.in_review().pk}/review/since/1/"
    client.force_login(desk.reviewer)

    # Session, account, roles; the newest revision.
    with django_assert_num_queries(4):
        client.get(address)


@pytest.mark.parametrize("pk", [0, 9**30])
def test_no_such_text_is_not_found(desk, client, pk):
    client.force_login(desk.reviewer)

    address = f"/admin/editorial/summary/{pk}/review/since/1/"

    assert client.get(address).status_code == 404


def test_a_number_too_large_for_a_revision_is_told_nothing(desk, ask):
    assert ask(desk.in_review(), 9**40).json() == {"said": ""}


def test_to_ask_keeps_no_login_open(desk, ask, client):
    summary = desk.in_review()
    ask(summary, 1)

    assert not ask(summary, 1).cookies
