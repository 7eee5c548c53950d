"""Passwords, sessions, links and secrets: what `asvs.csv` says of them."""

import base64
import re
import string
from datetime import timedelta

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from editorial import invitations, settings
from editorial.desk.people.adapters import FactorAdapter
from editorial.models import User
from tests.builders import PASSWORD, Desk, make_editor, make_writer
from tests.factors import give_app, recovery_codes
from tests.walking import Forms, Walker

pytestmark = pytest.mark.django_db
DOOR = 'name="password"'
ODD = " Zebra zebra 漢字 ümlaut 'quote' <b> ".ljust(99, "z") + " "


@pytest.fixture
def walker(visit):
    make_writer()
    return Walker(visit)


def is_in(walker):
    walker.go("/admin/")
    return DOOR not in walker.text


def log_in(client):
    make_writer()
    client.get("/admin/login/")
    client.post("/admin/login/", {"username": "tomas", "password": PASSWORD})


def set_password(user, password):
    user.set_password(password)
    user.save()


# Passwords


def test_a_password_may_be_long_and_of_any_signs(walker):
    walker.log_in("tomas", PASSWORD)
    walker.go("/admin/password_change/")

    walker.submit(old_password=PASSWORD, new_password1=ODD, new_password2=ODD)

    assert User.objects.get().check_password(ODD)


def test_a_password_is_taken_as_it_is_typed(walker):
    set_password(User.objects.get(), ODD)

    for typed in (ODD.strip(), ODD.swapcase(), ODD[:72]):
        walker.log_in("tomas", typed)
        assert not is_in(walker)
    walker.log_in("tomas", ODD)
    assert is_in(walker)


def test_a_password_is_hidden_and_may_be_pasted(walker):
    walker.go("/admin/login/")
    (field,) = re.findall('<input[^>]*name="password"[^>]*>', walker.text)

    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert not re.search("onpaste|pattern=", field)


def test_a_password_grows_no_older(walker):
    ten_years_ago = timezone.now() - timedelta(days=3653)
    User.objects.update(date_joined=ten_years_ago, last_login=ten_years_ago)

    walker.log_in("tomas", PASSWORD)

    assert is_in(walker)


def test_passwords_are_kept_by_a_slow_function():
    # The tests have a fast one of their own; the site has Django's.
    assert not hasattr(settings, "PASSWORD_HASHERS")
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000


def test_a_new_site_has_no_account():
    assert User.objects.count() == 0


# Sessions


def test_cookies_are_read_by_no_script_and_sent_along_by_no_other_site(client):
    log_in(client)

    assert set(client.cookies) == {"csrf", "session"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
        assert (cookie["domain"], cookie["path"]) == ("", "/")


def test_a_session_key_is_long_and_of_chance(walker):
    walker.log_in("tomas", PASSWORD)

    (session,) = [one for one in Session.objects.all() if one.get_decoded()]
    assert len(session.session_key) == 32
    # 32 signs of 36 are 165 bits.
    assert set(session.session_key) <= set(string.ascii_lowercase + string.digits)


def test_an_idle_session_ends(walker):
    walker.log_in("tomas", PASSWORD)
    ends = Session.objects.get().expire_date
    assert ends - timezone.now() <= timedelta(hours=12)

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not is_in(walker)


def test_a_session_is_over_once_its_owner_logged_out(client):
    log_in(client)
    stolen = Client()
    stolen.cookies["session"] = client.cookies["session"].value
    assert stolen.get("/admin/").status_code == 200

    client.post("/admin/logout/")

    assert stolen.get("/admin/").status_code == 302


def test_every_page_of_the_desk_offers_the_log_out(visit):
    desk = Desk()
    summary = desk.in_review()
    walker = Walker(visit)
    walker.log_in("maren", PASSWORD)

    for address in (
        "/admin/",
        "/admin/editorial/summary/",
        f"/admin/editorial/summary/{summary.pk}/review/",
        "/admin/conditions/source/",
        "/admin/editorial/user/",
        "/admin/nothing/here/",
        "/accounts/",
    ):
        walker.go(address)
        assert any("logout" in form.action for form in Forms(walker.text).forms)


# Links that are mailed


def test_a_link_is_sealed_by_sha_256():
    makers = (default_token_generator, invitations.tokens)

    assert {maker.algorithm for maker in makers} == {"sha256"}


def test_a_link_ends_after_three_days():
    user, made = make_writer(), default_token_generator.make_token
    token = made(user)
    later = type(default_token_generator)()
    now = later._now()

    later._now = lambda: now + timedelta(days=3)
    assert later.check_token(user, token)
    later._now = lambda: now + timedelta(days=3, seconds=2)
    assert not later.check_token(user, token)


def test_a_reset_is_no_invitation():
    user = make_writer()

    assert not invitations.tokens.check_token(
        user, default_token_generator.make_token(user)
    )
    assert not default_token_generator.check_token(
        user, invitations.tokens.make_token(user)
    )


# Secrets of the second factor


def test_secrets_at_rest_are_sealed_and_not_only_hidden():
    adapter = FactorAdapter()
    sealed = adapter.encrypt("JBSWY3DPEHPK3PXP")
    raw = bytearray(base64.urlsafe_b64decode(sealed))
    raw[-40] ^= 1

    assert raw[0] == 0x80  # Fernet: AES in CBC, and an HMAC over all of it
    assert adapter.decrypt(sealed) == "JBSWY3DPEHPK3PXP"
    assert adapter.decrypt(base64.urlsafe_b64encode(raw).decode()) != "JBSWY3DPEHPK3PXP"


def test_a_recovery_code_is_hard_to_guess():
    codes = recovery_codes(give_app(make_editor()))

    # Eight digits are 26 bits, and five wrong ones shut the door.
    assert [re.fullmatch("[0-9]{8}", code) is None for code in codes] == [False] * 10


def test_the_name_of_a_download_is_our_own(client):
    log_in(client)
    give_app(User.objects.get())

    answer = client.get("/accounts/recovery-codes/file/?name=x.html&filename=x.html")

    assert answer["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert answer["Content-Type"].startswith("text/plain")


def test_the_log_out_lets_the_browser_keep_no_page(walker):
    walker.log_in("tomas", PASSWORD)
    user = User.objects.get()
    walker.go("/admin/")
    form = next(f for f in Forms(walker.text).forms if f.action == "/admin/logout/")

    walker.submit(**form.fields)

    assert walker.answer.headers["Clear-Site-Data"] == '"cache"'
    assert f'data-left-here="{user.pk}"' in walker.text
