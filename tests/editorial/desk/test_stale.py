"""A form whose token is too old goes on under a new one, if it is a form of ours."""

from urllib.parse import urlencode

import pytest

from editorial.models import Summary
from tests.builders import BODY, PASSWORD, SHORT, Desk
from tests.returning import WORDS, Returner, change, lapse
from tests.walking import ORIGIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def writer(desk, visit):
    return Returner(visit)


@pytest.fixture
def overtaken(desk, writer):
    """A form left open, while its writer logged out and in again in another tab."""
    writer.go(change(desk.draft()))
    form = writer.tab
    writer.log_out()
    writer.log_in("tomas", PASSWORD)
    writer.tab = form
    return writer


def test_a_form_with_an_old_token_goes_on_under_a_new_one(overtaken):
    status = overtaken.submit(body=WORDS, save="1")
    told = "older than your login" in overtaken.text
    cache = overtaken.answer.headers["Cache-Control"]
    overtaken.go_on()

    assert (status, told, "no-store" in cache) == (403, True, True)
    assert overtaken.hidden("body") == [WORDS]
    assert Summary.objects.get().body == BODY


def test_an_old_token_and_no_login_lead_to_the_door(overtaken):
    lapse()

    overtaken.submit(body=WORDS, save="1")
    overtaken.at_the_door()
    overtaken.go_on()

    assert overtaken.hidden("body") == [WORDS]


def test_a_log_out_with_an_old_token_needs_one_press_more(overtaken):
    overtaken.post("/admin/logout/")

    assert "You sent a log-out." in overtaken.text


def test_a_login_page_overtaken_by_a_login_elsewhere_still_goes_on(desk, writer):
    writer.go(change(desk.draft()))
    lapse()
    writer.submit(body=WORDS, save="1")
    door = writer.tab
    writer.log_in("tomas", PASSWORD)
    writer.tab = door

    assert writer.at_the_door() == 403
    writer.go_on()

    assert writer.hidden("body") == [WORDS]


def test_a_login_page_that_is_too_old_says_so_and_works_at_once(writer):
    writer.log_out()
    writer.go("/admin/login/?next=/admin/")
    writer.lose_cookies()

    writer.at_the_door()
    told = "This page was too old. Log in once more." in writer.text
    writer.at_the_door()

    assert (told, writer.address) == (True, "/admin/")


def test_a_login_in_two_tabs_leads_to_the_desk_twice(writer):
    writer.log_out()
    writer.go("/admin/login/?next=/admin/")
    second = writer.tab
    writer.at_the_door()
    writer.tab = second

    writer.at_the_door()

    assert writer.address == "/admin/"
    assert "You were logged in already, in another tab." in writer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": ORIGIN, "HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {},
    ],
    ids=str,
)
@pytest.mark.parametrize("logged_in", [True, False])
def test_what_another_site_sends_is_refused_and_not_shown(
    desk, writer, visit, headers, logged_in
):
    summary = desk.draft()
    if not logged_in:
        lapse()
    typed = {"body": "Words of another site", "short_answer": SHORT, "save": "1"}

    for address, fields in (
        (change(summary), typed),
        ("/admin/login/", {"next": change(summary), "held-body": typed["body"]}),
    ):
        answer = visit(
            address,
            "POST",
            urlencode(fields).encode(),
            CONTENT_TYPE="application/x-www-form-urlencoded",
            HTTP_COOKIE=writer.sent_cookies,
            **headers,
        )

        assert answer.status == 403
        assert b"This form could not be accepted" in answer.body
        assert b"Words of another site" not in answer.body
    assert Summary.objects.get().body == BODY
