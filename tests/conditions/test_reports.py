"""What a reader may send of a page, what is refused, and how long it is kept."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from conditions import reports
from conditions.models import Edition, Report
from editorial import publishing
from editorial.models import CacheEntry
from tests.builders import Desk, make_report
from tests.readers import PAGE, parse
from tests.walking import ORIGIN

THERE = f"{PAGE}report/"
WORDS = "The third paragraph names the wrong gene."
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = timedelta(seconds=10)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(db, clock):
    desk = Desk()
    desk.summary = desk.live()
    return desk


@pytest.fixture
def send(desk, visit, clock):
    """Opens the form, waits, and sends it with these words."""

    def send(*, after=LATER, stamp=None, at=THERE, **said):
        stamp = stamp or stamp_of(visit(at))
        clock.shift(after)
        return post(visit, at=at, stamp=stamp, **{"words": WORDS, **said})

    return send


def post(visit, *, at=THERE, origin=ORIGIN, words=WORDS, **said):
    body = urlencode({"words": words, **said}).encode()
    kind = "application/x-www-form-urlencoded"
    sent = {"HTTP_ORIGIN": origin} if origin else {}
    return visit(at, "POST", body, CONTENT_TYPE=kind, **sent)


def stamp_of(answer):
    return parse(answer).one("input", name="stamp").attrs["value"]


def test_a_page_leads_to_the_form_of_the_edition_that_is_read(desk, visit):
    link = parse(visit(PAGE)).one("p", class_="feedback").one("a").attrs["href"]

    form = visit(link)

    assert link == f"{THERE}?edition=1"
    assert form.status == 200
    assert "edition 1" in form.body.decode()


def test_what_a_reader_writes_is_kept_with_the_edition(send):
    answer = send(at=f"{THERE}?edition=1")

    report = Report.objects.get()
    assert answer.status == 200
    assert "Thank you" in answer.body.decode()
    assert (report.words, report.address, report.edition.number) == (WORDS, "", 1)


def test_a_report_stays_with_the_edition_that_was_read(desk, visit, send):
    stamp = stamp_of(visit(THERE))
    desk.new_edition(desk.summary, "Newer words [@gard-poh].")

    send(stamp=stamp)

    assert Report.objects.get().edition.number == 1


def test_a_form_that_is_sent_twice_is_one_report(visit, send):
    stamp = stamp_of(visit(THERE))

    assert [send(stamp=stamp).status, send(stamp=stamp).status] == [200, 200]
    assert Report.objects.count() == 1


def test_nothing_of_the_reader_is_kept_and_no_cookie_is_set(send):
    answer = send()

    kept = str(Report.objects.values()) + str(CacheEntry.objects.values())
    assert "127.0.0.1" not in kept
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("said", "status", "told"),
    [
        ({"words": "  "}, 400, "Write what is wrong or unclear."),
        ({"words": "x" * 2001}, 400, "it has 2,001"),
        ({"words": "un\u200bseen"}, 400, "U+200B"),
        ({"address": "nobody"}, 400, "Write an address like"),
        ({"website": "https://spam.example"}, 400, reports.FILLED),
        ({"after": timedelta(seconds=1)}, 400, reports.TOO_FAST),
        ({"after": timedelta(days=2)}, 400, reports.TOO_OLD),
        ({"stamp": "forged"}, 400, reports.TOO_OLD),
        ({"origin": ""}, 403, reports.ELSEWHERE),
        ({"origin": "null"}, 403, reports.ELSEWHERE),
        ({"origin": "https://elsewhere.example"}, 403, reports.ELSEWHERE),
    ],
)
def test_what_cannot_be_taken_says_what_to_do_and_loses_no_word(
    send, said, status, told
):
    answer = send(**said)

    page = parse(answer)
    assert answer.status == status
    assert told in page.text
    assert page.one("textarea").text.strip() == said.get("words", WORDS).strip()
    assert not Report.objects.exists()


def test_a_stamp_of_another_page_is_worth_nothing(desk, send):
    other = Edition(pk=Edition.objects.get().pk + 1)

    assert send(stamp=reports.new_stamp(other.pk)).status == 400


def test_the_sixth_report_within_an_hour_is_put_off(send, clock):
    assert [send().status for _ in range(6)] == [200] * 5 + [429]

    clock.shift(timedelta(hours=1))

    assert send().status == 200


def test_a_page_that_is_gone_or_never_was_takes_no_report(desk, visit):
    publishing.withdraw(desk.summary, by=desk.editor, reason="x", note="A dose.")

    assert visit(THERE).status == 410
    assert post(visit).status == 410
    assert post(visit, at="/conditions/x/y/report/").status == 404


def test_addresses_go_after_90_days_and_words_after_two_years(desk, clock):
    make_report(Edition.objects.get(), address="reader@example.org")

    clock.shift(timedelta(days=89))
    assert reports.forget() == []
    clock.shift(timedelta(days=2))
    assert reports.forget() == ["forgot 1 addresses of readers’ reports"]
    clock.shift(timedelta(days=700))
    assert reports.forget() == ["forgot 1 texts of readers’ reports"]
    assert list(Report.objects.values_list("words", "address")) == [("", "")]
