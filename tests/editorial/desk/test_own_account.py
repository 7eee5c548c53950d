"""“Your account”: each person sets up, renames and removes their own second factor."""

import json
import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as site
from django.test import Client

from editorial import account_notes
from editorial.models import User
from tests.builders import PASSWORD, make_editor, make_user, make_writer
from tests.factors import Passkey, code, give_app, recovery_codes
from tests.returning import Returner
from tests.walking import Walker

pytestmark = pytest.mark.django_db
HOME = "/accounts/"
PAGES = (
    "",
    "login/",
    "app/",
    "app/remove/",
    "recovery-codes/",
    "recovery-codes/new/",
    "passkeys/add/",
)


@pytest.fixture
def writer(visit):
    make_writer()
    return Returner(visit)


@pytest.fixture
def client_of_tomas(settings):
    """Logged in through the form, over https, as a passkey needs it."""
    settings.SITE_URL = Passkey.ORIGIN
    make_writer()
    client = Client()
    client.post("/admin/login/", {"username": "tomas", "password": PASSWORD})
    return client


def types():
    return sorted(Authenticator.objects.values_list("type", flat=True))


def set_up_app(walker):
    walker.go(f"{HOME}app/")
    secret = re.search(r'class="key">([A-Z2-7 ]+)<', walker.text)[1].replace(" ", "")
    walker.submit(code=code(secret))
    return secret


# The app


def test_an_app_is_set_up_and_recovery_codes_come_with_it(writer):
    set_up_app(writer)

    assert types() == ["recovery_codes", "totp"]
    assert writer.address == f"{HOME}recovery-codes/"
    shown = re.findall(r"<li><code>(\d{8})</code>", writer.text)
    assert shown == recovery_codes(Authenticator.objects.first().user)


@pytest.mark.parametrize("given", ["", "000000", "x" * 99, "１" * 6])
def test_a_wrong_first_code_sets_nothing_up(writer, given):
    writer.go(f"{HOME}app/")

    assert writer.submit(code=given) == 200

    assert types() == []
    assert 'class="errorlist"' in writer.text


def test_a_second_press_finds_the_app_set_up(writer):
    set_up_app(writer)

    assert writer.go(f"{HOME}app/") == 200

    assert writer.address == HOME


def test_the_key_is_a_picture_of_its_own_while_it_is_set_up(client_of_tomas):
    client = client_of_tomas
    assert client.get(f"{HOME}app/picture.svg").status_code == 404
    client.get(f"{HOME}app/")

    picture = client.get(f"{HOME}app/picture.svg")

    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert picture.content.startswith(b"<?xml")
    assert Client().get(f"{HOME}app/picture.svg").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_new_app_is_noted_mailed_and_ends_other_sessions(visit, mailoutbox):
    # A superuser: the roles are lost to the test of this kind before.
    ada = make_user("ada", superuser=True)
    here, elsewhere = Walker(visit), Walker(visit)
    for walker in (here, elsewhere):
        walker.log_in("ada", PASSWORD)

    set_up_app(here)

    for walker in (here, elsewhere):
        walker.go("/admin/")
    assert (here.address, elsewhere.address[:13]) == ("/admin/", "/admin/login/")
    assert account_notes.of(ada)[0].change_message == "Added an authenticator app."
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]


def test_an_app_is_removed_by_who_has_just_shown_it(writer):
    set_up_app(writer)
    writer.go(f"{HOME}app/remove/")

    writer.post(writer.address)

    assert types() == []


# Who is it?


def test_a_session_left_open_changes_nothing_without_a_code(visit, time_machine):
    make_writer()
    time_machine.move_to("2026-11-21 10:00Z", tick=False)
    writer = Returner(visit)
    secret = set_up_app(writer)
    time_machine.move_to("2026-11-21 10:10Z", tick=False)

    for page in ("app/remove/", "recovery-codes/", "recovery-codes/new/"):
        writer.go(f"{HOME}{page}")
        assert "Is it you?" in writer.text
        assert "Your password" not in writer.text
    writer.submit(code="000000")
    assert types() == ["recovery_codes", "totp"]
    writer.submit(code=code(secret))

    assert writer.address == f"{HOME}recovery-codes/new/"


def test_a_password_is_asked_again_where_there_is_no_second_factor(visit, time_machine):
    make_writer()
    walker = Walker(visit)
    time_machine.move_to("2026-11-21 10:00Z", tick=False)
    walker.log_in("tomas", PASSWORD)
    time_machine.move_to("2026-11-21 10:10Z", tick=False)

    walker.go(f"{HOME}app/")
    walker.submit(password="guess")
    assert "That is not your password." in walker.text
    walker.submit(password=PASSWORD)

    assert walker.address == f"{HOME}app/"


# Recovery codes


def test_new_recovery_codes_end_the_old(writer):
    set_up_app(writer)
    user = Authenticator.objects.first().user
    old = recovery_codes(user)
    writer.go(f"{HOME}recovery-codes/new/")

    writer.post(writer.address)

    assert not set(old) & set(recovery_codes(user))


def test_recovery_codes_are_a_file_too(client_of_tomas):
    codes = recovery_codes(give_app(User.objects.get()))

    answer = client_of_tomas.get(f"{HOME}recovery-codes/file/")

    assert answer.content.decode().split() == codes
    assert "no-store" in answer["Cache-Control"]


def test_there_are_none_without_an_app_or_a_passkey(writer):
    assert writer.go(f"{HOME}recovery-codes/") == 404
    writer.go(f"{HOME}recovery-codes/new/")
    writer.post(writer.address)

    assert types() == []


# Passkeys


@pytest.mark.parametrize(
    "answer",
    ["", "x", "1", "[]", "{}", "null", "[" * 50_000, '{"id": "é", "response": 1}'],
)
def test_an_odd_answer_adds_no_passkey(client_of_tomas, answer):
    client_of_tomas.get(f"{HOME}passkeys/add/")

    page = client_of_tomas.post(f"{HOME}passkeys/add/", {"credential": answer})

    assert page.status_code == 200
    assert types() == []


@pytest.mark.parametrize(
    "answer", ["", "x", "1", "[]", "{}", "null", "[" * 50_000, '{"id": 1}']
)
def test_an_odd_answer_logs_nobody_in(client_of_tomas, answer):
    Passkey().give(User.objects.get())
    client = Client()
    client.post("/admin/login/", {"username": "tomas", "password": PASSWORD})

    page = client.post(f"{HOME}second-step/", {"credential": answer})

    assert page.status_code == 200
    assert client.get("/admin/").status_code == 302


def test_a_passkey_logs_in(client_of_tomas):
    key, client = Passkey().give(User.objects.get()), Client()
    sent = {"username": "tomas", "password": PASSWORD}
    page = client.post("/admin/login/", sent, follow=True)
    answer = key.answer(page.context["js_data"]["request_options"])

    client.post(f"{HOME}second-step/", {"credential": json.dumps(answer)})

    assert client.get("/admin/").status_code == 200


def test_a_passkey_is_renamed_and_removed_by_its_owner_alone(client_of_tomas):
    Passkey().give(User.objects.get(), "Old key")
    Passkey().give(make_editor(), "Hers")
    mine, hers = Authenticator.objects.order_by("pk")

    for pk, status in ((mine.pk, 302), (hers.pk, 404), (10**30, 404)):
        place = f"{HOME}passkeys/{pk}/name/"
        assert client_of_tomas.post(place, {"name": "New"}).status_code == status
    assert [str(one) for one in Authenticator.objects.order_by("pk")] == ["New", "Hers"]
    client_of_tomas.post(f"{HOME}passkeys/{hers.pk}/remove/")
    client_of_tomas.post(f"{HOME}passkeys/{mine.pk}/remove/")
    assert [str(one) for one in Authenticator.objects.all()] == ["Hers"]


# Every page


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_ours_kept_by_nobody_and_offers_no_account(client_of_tomas, page):
    if page != "app/":
        give_app(User.objects.get())

    answer = client_of_tomas.get(f"{HOME}{page}", follow=True)

    ours = Path(site.BASE_DIR, "templates")
    drawn = {one.origin.name for one in answer.templates if one.origin}
    assert answer.status_code == 200
    assert [name for name in drawn if "allauth" in name] == []
    assert any(ours in Path(name).parents for name in drawn)
    assert "sign up" not in answer.content.decode().lower()
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, noarchive"


@pytest.mark.parametrize("page", [page for page in PAGES if page != "login/"])
def test_a_page_is_shut_to_strangers(client, page):
    assert client.get(f"{HOME}{page}").status_code in (302, 404)
