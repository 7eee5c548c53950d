"""A question that is written once gets what the ORM would get, as it is now."""

import pytest
from django.db import transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError

from conditions.models import Condition, Page, Printed, Source
from conditions.often import Added, Given, Often, of_several
from conditions.planned import here, planned
from tests.builders import Desk, make_condition

pytestmark = pytest.mark.django_db
SHAPES = {
    "models": lambda rows: rows,
    "mappings": lambda rows: rows.values("id", "accessed_on", "year"),
    "mappings of all": lambda rows: rows.values(),
    "mappings of more": lambda rows: rows.annotate(twice=F("year") * 2).values(
        "twice", "id"
    ),
    "values": lambda rows: rows.values_list("accessed_on", flat=True),
}


@pytest.fixture
def desk():
    return Desk()


@pytest.mark.parametrize("shape", SHAPES)
def test_rows_are_those_of_the_orm(desk, shape):
    def rows(key):
        return SHAPES[shape](Source.objects.filter(key=key).order_by("pk"))

    often = Often(lambda: rows(Given("key")))

    for key in ("gard-poh", "pmid:11784876", "gard-poh", "unknown"):
        assert often(key=key) == list(rows(key))


def test_of_no_values_nothing_is_found_and_nothing_asked(
    desk, django_assert_num_queries
):
    often = of_several(
        lambda keys: Often(lambda: Source.objects.filter(key__in=keys).order_by("pk"))
    )

    with django_assert_num_queries(0):
        assert (often([]), often([])) == ([], [])
    assert often(["gard-poh"]) == [Source.objects.get(key="gard-poh")]


def test_a_model_is_read_in_full(desk):
    (found,) = Often(lambda: Condition.objects.filter(pk=Given("pk")))(
        pk=desk.condition.pk
    )

    assert not found.get_deferred_fields()
    assert not found._state.adding
    assert found.identifiers == desk.condition.identifiers


def test_it_is_written_once_and_answered_anew(desk, django_assert_num_queries):
    asked = []

    @Often
    def names():
        asked.append(1)
        return Condition.objects.filter(pk__gte=Given("pk")).values("slug")

    assert len(names(pk=0)) == 1
    make_condition(desk.editor, slug="another", name="another")

    with django_assert_num_queries(1):
        assert len(names(pk=0)) == 2
    assert asked == [1]


def test_what_is_given_is_never_sql(desk):
    often = Often(lambda: Source.objects.filter(key=Given("key")))

    assert often(key="x' OR '1'='1") == []
    assert often(key="%s") == []


@pytest.mark.django_db(transaction=True)
def test_it_locks_in_a_transaction_alone(db):
    locking = Often(lambda: Source.objects.filter(pk=Given("pk")).select_for_update())

    for _ in range(2):
        with pytest.raises(TransactionManagementError, match="transaction"):
            locking(pk=1)
    with transaction.atomic():
        assert locking(pk=1) == []


def test_what_the_question_selects_with_the_rows_is_theirs(
    desk, django_assert_num_queries
):
    desk.live()
    asked = Often(
        lambda: (
            Page.objects.filter(condition=Given("pk"))
            .select_related("condition", "live_edition")
            .annotate(pattern=F("question__pattern"))
        )
    )
    with django_assert_num_queries(1):
        (found,) = asked(pk=desk.condition.pk)
        assert found.condition == desk.condition
        assert found.live_edition.number == 1
        assert found.pattern == desk.question.pattern


def test_rows_that_are_there_stay_as_they_are_and_others_are_added():
    @of_several
    def add(addresses):
        rows = [Printed(address=address, page=Given("page")) for address in addresses]
        return Added(lambda: rows)

    add(["/", "/a/"], page=7)
    Printed.objects.filter(address="/").update(wanted=3)
    add(["/", "/b/"], page=None)

    rows = Printed.objects.order_by("address").values_list("address", "page", "wanted")
    assert list(rows) == [("/", 7, 3), ("/a/", 7, 0), ("/b/", None, 0)]
    assert Printed.objects.get(pk="/b/").body == b""


def test_a_statement_keeps_its_percent_signs_however_often_it_is_sent():
    with planned(here()) as cursor:
        for word in ("first", "second"):
            cursor.execute("SELECT %s, '100 %%'", [word])
            assert cursor.fetchone() == (word, "100 %")
            cursor.execute("SELECT %(word)s, '100 %%'", {"word": word})
            assert cursor.fetchone() == (word, "100 %")
