"""What machines find: what readers find, as pages and conditions are told elsewhere."""

import json

import pytest

from editorial import publishing
from tests.builders import BODY, Desk

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/search"
POH = "progressive-osseous-heteroplasia"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def told(visit):
    return lambda address: json.loads(visit(address).body)


def test_a_condition_comes_before_the_answers_that_have_its_name(desk, told):
    desk.live()
    condition = told(f"/api/v1/conditions/{POH}")

    found = told(f"{SEARCH}?q=osseous+heteroplasia")

    pages = condition.pop("pages")
    assert found["conditions"] == [condition]
    assert found["items"] == pages
    assert (found["total"], found["page"], found["pages"]) == (1, 1, 1)


def test_answers_with_some_of_the_words_are_told_apart(desk, told):
    desk.live()

    found = told(f"{SEARCH}?q=physiotherapy+zebra")

    assert (found["items"], found["total"]) == ([], 0)
    assert [one["id"] for one in found["some"]] == [f"{POH}/research"]


def test_a_misspelt_name_is_put_right(desk, told):
    desk.live()

    assert told(f"{SEARCH}?q=heteroplasai")["did_you_mean"] == "heteroplasia"


def test_nothing_of_a_draft_and_nothing_withdrawn_is_found(desk, told):
    withdrawn = desk.live()
    publishing.withdraw(withdrawn, by=desk.editor, reason="A doubt.", note="We check.")
    for words in ("physiotherapy", BODY[:20], POH):
        found = told(f"{SEARCH}?q={words.replace(' ', '+')}")
        assert (found["conditions"], found["items"], found["some"]) == ([], [], [])


@pytest.mark.parametrize("asked", ["q=" + "a" * 201, "page=0", "page=1001", "page=x"])
def test_what_cannot_be_looked_for_is_refused_with_a_sentence(desk, visit, asked):
    answer = visit(f"{SEARCH}?{asked}")

    assert answer.status == 422
    assert b"Give `" in answer.body


def test_no_words_find_nothing(desk, told):
    desk.live()

    assert told(SEARCH)["items"] == told(f"{SEARCH}?q=")["items"] == []


def test_no_cache_keeps_what_somebody_looks_for(desk, visit):
    assert visit(f"{SEARCH}?q=poh").headers["Cache-Control"] == "no-store"
