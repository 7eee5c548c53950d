"""There is one way in, and every way to it obeys the same rule."""

import re
from html import unescape

import pytest
from allauth.account.adapter import get_adapter
from django.urls import get_resolver, reverse

from conditions import content
from editorial import invitations
from editorial.models import LogEntry
from tests.builders import (
    PASSWORD,
    make_editor,
    make_reviewer,
    make_user,
    make_writer,
)
from tests.factors import code, give_app, recovery_codes
from tests.walking import Walker

pytestmark = pytest.mark.django_db
DESK = "What waits for you"
WRONG = "do not belong together"


@pytest.fixture
def walker(visit):
    return Walker(visit)


def title(walker):
    return unescape(walker.text.split("<title>")[1].split("</title>")[0])


def is_in(walker):
    walker.go("/admin/")
    return title(walker).startswith(DESK)


# The addresses


def test_these_are_all_the_addresses_below_accounts():
    found = [
        str(entry.pattern)
        for group in get_resolver().url_patterns
        if str(group.pattern) == "accounts/"
        for entry in group.url_patterns
    ]

    assert found == [
        "",
        "sessions/",
        "mails/",
        "login/",
        "second-step/",
        "again/",
        "again/code/",
        "again/passkey/",
        "app/",
        "app/picture.svg",
        "app/remove/",
        "recovery-codes/",
        "recovery-codes/new/",
        "recovery-codes/file/",
        "passkeys/add/",
        "passkeys/<int:pk>/name/",
        "passkeys/<int:pk>/remove/",
        "password-reset/",
        "password-reset/sent/",
        "password-reset/complete/",
        "password-reset/<uidb64>/<token>/",
        "invitation/<uidb64>/<token>/",
    ]


@pytest.mark.parametrize(
    "address", ["signup/", "email/", "social/", "password/change/", "logout/", "2fa/"]
)
def test_nobody_signs_up_or_changes_an_address_past_the_accounts(client, address):
    assert client.get(f"/accounts/{address}").status_code == 404


def test_the_site_is_closed_to_who_would_sign_up(rf):
    assert not get_adapter().is_open_for_signup(rf.get("/"))


def test_a_second_factor_is_no_table_of_the_desk(client):
    client.force_login(make_user("root", superuser=True))

    assert client.get("/admin/mfa/authenticator/").status_code == 404
    assert client.get("/admin/account/emailaddress/").status_code == 404


# Password alone


@pytest.mark.parametrize("door", ["/admin/login/", "/accounts/login/"])
def test_a_password_lets_in_by_either_address(walker, door):
    make_writer()
    walker.go(door)

    walker.submit(username="tomas", password=PASSWORD)

    assert is_in(walker)


@pytest.mark.parametrize(
    ("username", "password"),
    [("tomas", "wrong"), ("nobody", "wrong"), ("shut", PASSWORD), ("guest", PASSWORD)],
)
def test_a_refusal_says_the_same_of_every_account_and_of_none(
    walker, username, password
):
    make_writer()
    shut = make_user("shut")
    shut.is_active = False
    shut.save()
    make_user("guest", staff=False)

    status = walker.log_in(username, password)

    assert (status, WRONG in walker.text) == (200, True)
    walker.go("/admin/login/")
    assert walker.log_in("nobody", "wrong") == status


def test_a_login_leads_to_no_other_site(walker):
    make_writer()
    walker.go("/admin/login/?next=https://evil.example/")

    walker.submit(username="tomas", password=PASSWORD)

    assert walker.address == "/admin/"


def test_a_basic_authorization_opens_nothing(client):
    make_writer()
    answer = client.get("/admin/", headers={"Authorization": "Basic dG9tYXM6eA=="})

    assert answer.status_code == 302


def test_a_login_gives_a_session_a_new_key(client):
    make_writer()
    client.get("/admin/login/")
    client.session["kept"] = 1
    before = client.session.session_key

    client.post("/admin/login/", {"username": "tomas", "password": PASSWORD})

    assert client.session.session_key != before


# The second step


def test_an_app_is_asked_for_its_code(walker):
    give_app(make_writer())

    walker.log_in("tomas", PASSWORD)
    assert walker.address == "/accounts/second-step/"
    assert not is_in(walker)
    walker.go("/accounts/second-step/")
    walker.submit(code=code())

    assert is_in(walker)


@pytest.mark.parametrize("given", ["000000", "", "x" * 41, "é", "\x00", "９" * 6])
def test_a_wrong_code_lets_nobody_in(walker, given):
    give_app(make_writer())
    walker.log_in("tomas", PASSWORD)

    assert walker.submit(code=given) == 200

    assert not is_in(walker)


def test_a_recovery_code_lets_in_once(visit):
    one = recovery_codes(give_app(make_writer()))[0]
    for lets_in in (True, False):
        walker = Walker(visit)
        walker.log_in("tomas", PASSWORD)
        walker.submit(code=one)
        assert is_in(walker) == lets_in


def test_a_code_lets_in_once_for_as_long_as_it_lives(visit, time_machine):
    give_app(make_writer())
    time_machine.move_to("2026-11-21 10:00:05Z", tick=False)
    shown = code()
    for moment, lets_in in (
        ("10:00:05", True),
        ("10:00:06", False),
        ("10:00:40", False),
    ):
        time_machine.move_to(f"2026-11-21 {moment}Z", tick=False)
        walker = Walker(visit)
        walker.log_in("tomas", PASSWORD)
        walker.submit(code=shown)
        assert is_in(walker) == lets_in, moment


def test_nobody_reaches_the_second_step_without_the_password(walker):
    give_app(make_writer())
    walker.go("/accounts/second-step/")

    assert "Log in" in title(walker)


def test_the_second_step_ends_after_a_quarter_of_an_hour(walker, time_machine):
    give_app(make_writer())
    time_machine.move_to("2026-11-21 10:00Z", tick=False)
    walker.log_in("tomas", PASSWORD)
    time_machine.move_to("2026-11-21 10:16Z", tick=False)

    walker.submit(code=code())

    assert not is_in(walker)


def test_another_persons_login_ends_the_one_before(walker):
    make_user("nobody")
    give_app(make_editor())
    walker.log_in("nobody", PASSWORD)
    assert "has no role at the desk" in walker.text

    walker.submit(username="maren", password=PASSWORD)

    assert walker.address == "/accounts/second-step/"
    assert walker.submit(code=code()) == 200
    assert is_in(walker)


def test_a_mailed_password_logs_nobody_in(walker, mailoutbox):
    invitations.mail_reset(give_app(make_writer()))
    walker.go(re.search(r"/accounts/password-reset/\S+", mailoutbox[0].body)[0])
    walker.submit(
        new_password1="a long new sentence", new_password2="a long new sentence"
    )

    assert not is_in(walker)
    walker.log_in("tomas", "a long new sentence")
    assert walker.address == "/accounts/second-step/"


# Who must have one


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.mark.parametrize(
    "make",
    [make_reviewer, make_editor, lambda: make_user("root", superuser=True)],
    ids=["reviewer", "editor", "superuser"],
)
def test_a_second_factor_comes_before_everything_else(required, walker, make):
    user = make()

    walker.log_in(user.username, PASSWORD)

    assert walker.address == "/accounts/"
    assert "Your role needs a second factor" in walker.text
    for address in ("/admin/editorial/summary/", "/admin/password_change/"):
        walker.go(address)
        assert walker.address == "/accounts/"


def test_a_writer_may_do_without(required, walker):
    make_writer()
    walker.log_in("tomas", PASSWORD)

    assert is_in(walker)


def test_who_must_have_one_can_still_log_out(required, walker):
    make_editor()
    walker.log_in("maren", PASSWORD)
    walker.submit()

    assert "Log in again" in walker.text


def test_what_is_sent_without_one_is_shown_again_and_not_done(required, client):
    client.force_login(make_editor())
    sent = {"name": "A condition", "slug": "a-condition"}

    answer = client.post(reverse("admin:conditions_condition_add"), sent)

    assert answer.status_code == 403
    assert "A condition" in answer.content.decode()


# What the log tells


def acts():
    rows = LogEntry.objects.filter(act__contains="log").order_by("number")
    return [(row.act, content.parse(row.entry)["facts"]) for row in rows]


def test_the_log_tells_who_came_and_went(walker):
    make_writer()
    walker.log_in("tomas", PASSWORD)

    walker.submit()

    assert acts() == [("logged_in", {}), ("logged_out", {})]


def test_the_log_tells_of_a_refusal_and_never_of_what_was_typed(walker):
    give_app(make_writer())
    walker.log_in("tomas", "a secret guess")
    walker.log_in("nobody", "a secret guess")
    walker.log_in("tomas", PASSWORD)
    walker.submit(code="123123")

    assert acts() == [
        ("login_refused", {"why": "a wrong password"}),
        ("login_refused", {"why": "a wrong code"}),
    ]
    told = "".join(LogEntry.objects.values_list("entry", flat=True))
    assert "guess" not in told
    assert "123123" not in told
