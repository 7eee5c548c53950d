"""“Where you are logged in”: one sees one's own sessions, and ends them."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from editorial import account_notes, sessions
from editorial.models import User
from tests.builders import PASSWORD, make_editor, make_writer
from tests.factors import code, give_app
from tests.walking import Walker

pytestmark = pytest.mark.django_db
PAGE = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def logged_in(visit):
    """Somebody at one more browser, which says what it is."""

    def log_in(user, agent=FIREFOX):
        walker = Walker(lambda *a, **k: visit(*a, HTTP_USER_AGENT=agent, **k))
        walker.log_in(user.username, PASSWORD)
        return walker

    return log_in


def is_in(walker):
    walker.go("/admin/")
    return walker.address == "/admin/"


def named(walker):
    """What the buttons of the page call the other sessions."""
    walker.go(PAGE)
    return re.findall(r'name="end" value="([0-9a-f]{32})"', walker.text)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (EDGE, "Edge on Windows"),
        (SAFARI, "Safari on iPhone"),
        (CHROME, "Chrome on Android"),
        ("Firefox", "Firefox"),
        ("", sessions.UNKNOWN),
        ("<script>alert(1)</script>" * 999, sessions.UNKNOWN),
    ],
)
def test_a_browser_is_told_in_plain_words(agent, words):
    assert sessions.browser(agent) == words


def test_one_sees_every_browser_of_ones_own_and_which_this_is(logged_in):
    tomas = make_writer()
    logged_in(tomas, EDGE)
    logged_in(make_editor(), SAFARI)
    here = logged_in(tomas)

    here.go(PAGE)

    assert "<b>Firefox on Linux</b> (this one)" in here.text
    assert "<b>Edge on Windows</b><br>" in here.text
    assert "Safari" not in here.text
    assert "2 browsers" in here.text


def test_one_session_is_ended_and_the_others_go_on(logged_in):
    tomas = make_writer()
    here, there, gone = logged_in(tomas), logged_in(tomas), logged_in(tomas, EDGE)
    here.go(PAGE)
    name = re.search(r'value="(\w{32})">End it<[^>]*>: Edge', here.text)[1]

    here.submit(end=name)

    assert "Ended 1 other session." in here.text
    assert [is_in(one) for one in (here, there, gone)] == [True, True, False]


def test_all_others_are_ended_and_nobody_elses(logged_in):
    tomas = make_writer()
    here, there, hers = logged_in(tomas), logged_in(tomas), logged_in(make_editor())
    here.go(PAGE)

    here.submit(end="others")

    assert [is_in(one) for one in (here, there, hers)] == [True, False, True]
    assert account_notes.of(tomas)[0].change_message == "Ended 1 other session."


@pytest.mark.parametrize("asked", ["", "0" * 32, "漢", "others"])
def test_what_has_ended_or_never_was_ends_nothing(logged_in, asked):
    tomas = make_writer()
    here, hers = logged_in(tomas), logged_in(make_editor())
    logged_in(tomas)
    here.go(PAGE)
    Session.objects.filter(session_key=sessions_of(tomas, but=here)).delete()

    here.submit(end=asked)

    assert "It had ended already: nothing was done." in here.text
    assert (is_in(here), is_in(hers)) == (True, True)
    assert not account_notes.of(tomas).exists()


def sessions_of(user, *, but):
    """The key of the person's other session."""
    rows = [one for one in Session.objects.all() if one.get_decoded()]
    mine = [
        one for one in rows if one.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    (other,) = [
        one.session_key for one in mine if one.session_key != but.cookies["session"]
    ]
    return other


def test_nobody_ends_another_persons_session_or_this_one(logged_in):
    tomas, maren = make_writer(), make_editor()
    his, hers = logged_in(tomas), logged_in(maren)
    (theirs,) = [place.name for place in sessions.places(maren)]
    (own,) = [place.name for place in sessions.places(tomas)]
    logged_in(tomas)

    for name in (theirs, own):
        his.go(PAGE)
        his.submit(end=name)

    assert (is_in(his), is_in(hers)) == (True, True)


def test_the_page_holds_no_key_of_a_session(logged_in):
    tomas = make_writer()
    here = logged_in(tomas)
    logged_in(tomas)

    assert len(named(here)) == 1
    assert [
        one.session_key for one in Session.objects.all() if one.session_key in here.text
    ] == []


def test_who_ends_a_session_later_shows_first_who_it_is(logged_in, time_machine):
    tomas = give_app(make_writer())
    here, there = logged_in(tomas), logged_in(tomas)
    here.submit(code=code())
    there.submit(code=code(later=1))
    here.go(PAGE)
    time_machine.move_to(timezone.now() + timedelta(minutes=10))

    here.submit(end="others")

    assert here.address.startswith("/accounts/again/")
    assert len(sessions.places(tomas)) == 2


def test_no_address_is_kept_in_a_session(logged_in):
    logged_in(make_writer())

    (said,) = [one.get_decoded() for one in Session.objects.all() if one.get_decoded()]

    assert "127.0.0.1" not in str(said)
    assert FIREFOX not in str(said)


def test_ones_account_leads_there(logged_in):
    here = logged_in(make_writer())
    here.go("/accounts/")

    assert f'href="{PAGE}"' in here.text


def test_a_stranger_is_asked_to_log_in(client):
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {"end": "others"}).status_code == 302
    assert User.objects.count() == 0
