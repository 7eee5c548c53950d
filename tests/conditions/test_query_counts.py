import pytest

from editorial.models import Summary
from tests import builders
from tests.builders import BODY, Desk
from tests.readers import HUB, OF_PAGE, PAGE


@pytest.fixture
def desk(db):
    return Desk()


def three_conditions(desk):
    for name in ("alpha", "beta"):
        desk.condition = builders.make_condition(desk.editor, slug=name, name=name)
        desk.live()


def three_questions(desk):
    for name in ("cause", "outlook"):
        asked = {"slug": name, "pattern": f"{name} of {{condition}}?"}
        desk.question = builders.make_question(desk.editor, **asked)
        desk.live()


def three_editions(desk):
    summary = Summary.objects.get()
    for word in ("braces", "splints"):
        summary = desk.new_edition(summary, f"{BODY}\n- {word}")


QUERIES = [
    ("/", three_conditions, 2),
    ("/conditions/", three_conditions, 1),
    (HUB, three_questions, 3),
    (PAGE, three_editions, 4),
    (f"{PAGE}editions/", three_editions, 3),
    (f"{PAGE}review.json", three_editions, 5),
    (f"{PAGE}index.md", three_editions, 4),
    ("/reviewers/ines/", three_conditions, 3),
    ("/about/review-process/", three_conditions, 2),
]


@pytest.mark.parametrize(("address", "add_two", "queries"), QUERIES)
def test_a_page_costs_the_same_queries_for_one_as_for_three(
    desk, client, django_assert_num_queries, address, add_two, queries
):
    desk.live()
    with django_assert_num_queries(queries):
        one = client.get(address).content
    add_two(desk)

    with django_assert_num_queries(queries):
        three = client.get(address).content

    assert len(three) > len(one) or address == "/about/review-process/"


def test_an_old_edition_costs_one_query_more(desk, client, django_assert_num_queries):
    desk.live()
    three_editions(desk)

    for number, queries in ((1, 5), (2, 5), (3, 4)):
        with django_assert_num_queries(queries):
            assert client.get(f"{PAGE}editions/{number}/").status_code == 200


def test_withdrawn_costs_two_queries(desk, client, django_assert_num_queries):
    desk.withdrawn()

    for address in OF_PAGE[:3]:
        with django_assert_num_queries(2):
            assert client.get(address).status_code == 410
