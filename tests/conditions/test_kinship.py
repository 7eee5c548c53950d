"""Related conditions: what a hub names of conditions that share a gene."""

import pytest

from conditions import kinship
from editorial import publishing
from tests import builders
from tests.builders import Desk, record
from tests.readers import HUB, parse


@pytest.fixture
def desk(db):
    """A newsroom whose first condition, of GNAS, is live."""
    desk = Desk()
    desk.first = desk.live()
    return desk


def another(desk, name, *genes):
    desk.condition = builders.make_condition(
        desk.editor, slug=name, name=name, genes=[*genes], synonyms=[f"{name} disease"]
    )
    return desk.live()


def related(visit, hub=HUB):
    cards = parse(visit(hub)).all("section", aria_labelledby="related")
    return {
        one.one("a").attrs["href"]: one.words
        for card in cards
        for one in card.all("li")
    }


def test_conditions_that_share_a_gene_name_each_other_and_the_gene(desk, visit):
    another(desk, "alpha", "ACVR1", "GNAS")
    another(desk, "beta", "ACVR1")

    assert related(visit) == {"/conditions/alpha/": "Alpha GNAS"}
    assert related(visit, "/conditions/beta/") == {"/conditions/alpha/": "Alpha ACVR1"}
    assert related(visit, "/conditions/alpha/").keys() == {HUB, "/conditions/beta/"}


def test_a_gene_whose_name_begins_like_another_is_another(desk, visit):
    another(desk, "alpha", "GNAS-AS1", "GN")

    assert related(visit) == {}


def test_a_gene_that_nobody_signed_relates_nothing(desk, visit):
    another(desk, "alpha")
    desk.condition.genes = ["GNAS"]
    record(desk.condition, desk.editor)

    assert related(visit) == related(visit, "/conditions/alpha/") == {}


def test_the_words_are_those_that_were_signed(desk, visit):
    another(desk, "alpha", "GNAS")
    desk.condition.name = "zebra"
    record(desk.condition, desk.editor)

    assert related(visit) == {"/conditions/alpha/": "Alpha GNAS"}


def test_a_condition_that_is_withdrawn_is_named_no_more(desk, visit):
    other = another(desk, "alpha", "GNAS")
    for _ in range(3):
        assert related(visit)
    publishing.withdraw(other, by=desk.editor, reason="A slip.", note="We check it.")

    assert related(visit) == {}


def test_no_more_than_a_few_are_named(desk, visit, monkeypatch):
    monkeypatch.setattr(kinship, "MOST", 2)
    for name in ("gamma", "beta", "alpha"):
        another(desk, name, "GNAS")

    assert [*related(visit)] == ["/conditions/alpha/", "/conditions/beta/"]


def test_a_hub_costs_two_queries_more_for_those_related_however_many(
    desk, client, django_assert_num_queries
):
    for name in ("alpha", "beta", "gamma"):
        another(desk, name, "GNAS")
        with django_assert_num_queries(3):
            client.get(HUB)


def test_a_condition_without_a_gene_is_asked_about_no_other(
    desk, client, django_assert_num_queries
):
    another(desk, "alpha")

    with django_assert_num_queries(1):
        client.get("/conditions/alpha/")
