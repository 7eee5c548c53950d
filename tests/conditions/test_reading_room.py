"""A printed answer: served as it was printed, and not a moment longer."""

import gzip

import pytest
import time_machine
from django.db import Error, connection, transaction

from conditions import press
from conditions.imprint import imprint
from conditions.models import Printed
from conditions.sheets import Head
from editorial import clock, publishing
from tests import builders
from tests.builders import BODY, Desk
from tests.readers import EVERYWHERE, PAGE

OWN = ("X-Request-ID",)  # what Django answers has one


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def live(desk):
    """A page with two editions, whose every address is printed."""
    summary = desk.new_edition(desk.live(), f"{BODY}\n- braces")
    assert {PAGE, *press.print_waiting()} == {*EVERYWHERE}
    return summary


def is_printed(answer):
    """Django numbers its answers; what is printed has no number."""
    return "X-Request-ID" not in answer.headers


def pairs(answer):
    return sorted(pair for pair in answer.headers.items() if pair[0] not in OWN)


def test_what_is_printed_is_what_django_answers_header_by_header(live, visit):
    printed = {address: visit(address) for address in EVERYWHERE}
    assert all(map(is_printed, printed.values()))
    builders.unprint()

    for address, one in printed.items():
        made = visit(address)
        assert not is_printed(made)
        assert (made.status, made.body) == (one.status, one.body)
        changed = {"Last-Modified"}
        assert {p for p in pairs(made) if p[0] not in changed} == {
            p for p in pairs(one) if p[0] not in changed
        }


def test_a_printed_page_costs_one_select_and_django_none(live, visit):
    visit(PAGE)
    with connection.execute_wrapper(lambda *call: pytest.fail("asked by Django")):
        assert visit(PAGE).status == 200


def test_publishing_prints_the_page_itself(desk, visit):
    desk.live()

    assert is_printed(visit(PAGE))


def test_the_second_reader_of_any_address_reads_what_the_first_had_printed(desk, visit):
    desk.live()
    builders.unprint()

    assert [is_printed(visit(PAGE)) for _ in range(3)] == [False, False, True]


def test_nothing_that_is_not_found_leaves_a_row(db, visit):
    for address in ("/conditions/none/", "/conditions/none/none/", "/reviewers/none/"):
        assert visit(address).status == 404
        assert visit(address).status == 404

    assert not Printed.objects.exists()


def test_a_withdrawn_page_is_gone_from_every_address_at_once(live, desk, visit):
    publishing.withdraw(live, by=desk.editor, reason="A doubt.", note="We check.")

    of_page = [address for address in EVERYWHERE if address.startswith(PAGE)]
    assert {visit(address).status for address in of_page} == {410}
    assert not any(b"physiotherapy" in visit(a).body for a in EVERYWHERE)
    assert is_printed(visit(PAGE))
    assert b"We check." in visit(PAGE).body


def test_a_page_that_is_put_back_is_back_at_once(live, desk, visit):
    publishing.withdraw(live, by=desk.editor, reason="A doubt.", note="We check.")
    visit(f"{PAGE}index.md")
    publishing.reinstate(live, by=desk.editor, reason="No doubt.")

    assert visit(PAGE).status == visit(f"{PAGE}index.md").status == 200


GUILE = Head(201, "7" * 64, "7" * 29, "Content-Type: text/html\nSet-Cookie: a=b")


@pytest.mark.parametrize(
    ("column", "other"),
    [
        ("page", 999_999),
        ("true_until", 99_999_999_999),
        ("head", GUILE.written()),
        ("head", "no head"),
        ("body", gzip.compress(b"Take twice as much.", mtime=0)),
        ("code", "7" * 73),
        ("code", ""),
        ("code", "\u00fc:\u00fc"),
    ],
)
def test_a_row_that_somebody_altered_is_never_served(live, visit, column, other):
    first = visit(PAGE)
    page = Printed.objects.get(pk=PAGE).page
    Printed.objects.filter(pk=PAGE).update(**{column: other})

    answer = visit(PAGE)

    assert not is_printed(answer)
    assert (answer.status, answer.body) == (200, first.body)
    assert "Set-Cookie" not in answer.headers
    assert not is_printed(visit(PAGE))  # begun anew
    again = visit(PAGE)
    assert is_printed(again)
    assert (again.status, again.body) == (200, first.body)
    assert again.headers["Last-Modified"] != GUILE.printed_on
    assert Printed.objects.get(pk=PAGE).page == page


@pytest.mark.parametrize("column", ["wanted", "printing"])
def test_a_row_that_is_said_to_be_of_another_printing_is_not_served(
    live, visit, column
):
    first = visit(PAGE)
    Printed.objects.filter(pk=PAGE).update(**{column: 7})

    assert [is_printed(visit(PAGE)) for _ in range(2)] == [False, True]
    assert visit(PAGE).body == first.body


@pytest.mark.parametrize("column", ["live", "imprint"])
def test_what_a_row_says_of_its_making_is_not_believed(live, visit, column):
    """Nothing is gained by altering it: the code holds for what is so now."""
    first = visit(PAGE)
    Printed.objects.filter(pk=PAGE).update(**{column: 7})

    again = visit(PAGE)

    assert is_printed(again)
    assert (pairs(again), again.body) == (pairs(first), first.body)


@pytest.mark.parametrize("column", ["page", "true_until", "head", "body", "code"])
@pytest.mark.parametrize("other", ["7?", 999_999, b"7"])
def test_a_value_of_another_kind_which_sqlite_stores_is_never_served(
    live, visit, column, other
):
    kept = visit(PAGE).body
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE conditions_printed SET {column} = %s", [other])
    except Error:
        assert connection.vendor == "postgresql"  # which takes none of another kind
        return

    answers = [visit(PAGE) for _ in range(3)]

    assert [(answer.status, answer.body) for answer in answers] == [(200, kept)] * 3
    assert [*map(is_printed, answers)] == [False, False, True]


def test_a_row_that_somebody_entered_for_another_page_is_begun_anew(desk, visit):
    """Else no withdrawal of the page would be told to it."""
    summary = desk.live()
    Printed.objects.all().delete()
    Printed.objects.create(address=PAGE, page=builders.page(summary).pk + 1)

    answers = [visit(PAGE) for _ in range(3)]

    assert [*map(is_printed, answers)] == [False, False, True]
    assert Printed.objects.get(pk=PAGE).page == builders.page(summary).pk
    assert Printed.objects.get(pk=PAGE).altered_at


def test_a_row_that_somebody_altered_is_told_of_and_printed_anew(live, visit, caplog):
    forged = gzip.compress(b"Take twice as much.")
    Printed.objects.filter(pk=PAGE).update(body=forged)

    visit(PAGE)

    assert f"{PAGE} was altered where it is stored" in caplog.text
    assert [is_printed(visit(PAGE)) for _ in range(2)] == [False, True]
    assert Printed.objects.get(pk=PAGE).altered_at


@pytest.mark.parametrize("below", ["", "editions/2/"])
def test_a_row_of_another_address_is_not_served_in_its_place(live, visit, below):
    other = Printed.objects.get(pk=f"{PAGE}editions/1/")
    fields = {name: getattr(other, name) for name in ("head", "body", "code")}
    Printed.objects.filter(pk=PAGE + below).update(**fields)

    answer = visit(PAGE + below)

    assert not is_printed(answer)
    assert b"braces" in answer.body


def test_an_old_row_that_is_put_back_outlives_no_withdrawal(live, desk, visit):
    old = Printed.objects.filter(pk=PAGE).values().get()
    publishing.withdraw(live, by=desk.editor, reason="A doubt.", note="We check.")
    del old["address"]
    Printed.objects.filter(pk=PAGE).update(**old)

    assert visit(PAGE).status == 410


def test_a_note_of_a_withdrawal_put_back_as_of_no_page_is_not_served(live, desk, visit):
    publishing.withdraw(live, by=desk.editor, reason="A doubt.", note="We check.")
    old = Printed.objects.filter(pk=PAGE).values().get()
    publishing.reinstate(live, by=desk.editor, reason="No doubt.")
    del old["address"]
    Printed.objects.filter(pk=PAGE).update(**old | {"page": None})

    assert visit(PAGE).status == 200


def test_a_row_of_another_imprint_is_not_served(live, visit, monkeypatch):
    later = "f" * len(imprint())
    monkeypatch.setattr("conditions.taking.imprint", lambda: later)

    assert not is_printed(visit(PAGE))


def test_a_review_that_fell_overdue_at_midnight_is_said_to_be(desk, visit):
    summary = desk.live()
    due = builders.page(summary).live_edition.read_record()["review_due_on"]
    assert is_printed(visit(PAGE))

    with time_machine.travel(f"{due} 23:59:59+00:00", tick=False):
        assert is_printed(visit(PAGE))
    with time_machine.travel(f"{due} 23:59:59+00:00", tick=False) as now:
        now.shift(1)
        answer = visit(PAGE)
        assert not is_printed(answer)
        assert b"Review overdue since" in answer.body
        assert is_printed(visit(PAGE))
        now.shift(10 * 365 * 86_400)
        assert is_printed(visit(PAGE))


def test_a_list_is_printed_anew_each_day(live, visit):
    assert is_printed(visit("/"))
    tomorrow = clock.now().date().toordinal() + 1

    with time_machine.travel(f"{type(clock.today()).fromordinal(tomorrow)} 00:00Z"):
        assert not is_printed(visit("/"))
        assert is_printed(visit("/"))


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "POST"},
        {"HTTP_HOST": "elsewhere.example"},
        {"PATH_INFO": f"{PAGE}\0"},
        {"PATH_INFO": PAGE.rstrip("/")},
        {"QUERY_STRING": "%00"},
    ],
    ids=str,
)
def test_what_is_not_plainly_a_read_is_djangos(live, visit, asked):
    answer = visit(PAGE, **asked)

    assert not is_printed(answer)
    assert answer.status != 200


def test_a_query_changes_no_answer_but_the_part_of_a_list(live, visit):
    assert is_printed(visit(f"{PAGE}?utm_source=a-newsletter"))
    for address in ("/corrections/", "/reviewers/ines/"):
        assert is_printed(visit(f"{address}?map=1"))
        assert not is_printed(visit(f"{address}?p=2"))
        assert not is_printed(visit(f"{address}?a=b&p=2"))


def test_an_address_in_other_signs_is_the_same_address(live, visit):
    assert is_printed(visit("/", PATH_INFO=PAGE))
    assert visit("/", PATH_INFO=f"{PAGE}\xff").status == 404


def test_no_row_is_read_while_a_guard_is_missing(live, visit, monkeypatch):
    from editorial.wsgi import application

    monkeypatch.setattr(application, "is_open", lambda: False)

    assert not is_printed(visit(PAGE))


def test_plain_http_to_a_site_with_https_is_djangos(live, visit, monkeypatch):
    from editorial.wsgi import application

    monkeypatch.setattr(application, "https", True)

    assert not is_printed(visit(PAGE))
    assert is_printed(visit(PAGE, HTTP_X_FORWARDED_PROTO="https"))


def test_a_database_that_is_away_is_djangos_to_tell(visit, no_database):
    assert visit(PAGE).status == 503
