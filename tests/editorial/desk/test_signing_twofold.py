"""The sign-off form of somebody with a second factor: each thing asked in that POST."""

import json
import re
from datetime import timedelta
from html import unescape
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse

from editorial import clock, identity, workflow
from editorial.manuscript import Manuscript
from editorial.models import SignOff
from tests.builders import PASSWORD, Desk, fresh, make_writer, read
from tests.factors import Passkey, code, give_app, recovery_codes

pytestmark = pytest.mark.django_db
ASKED = "Type a code, or use your passkey where you have one."


@pytest.fixture
def desk(settings):
    settings.SITE_URL = Passkey.ORIGIN
    return Desk()


class Screen:
    def __init__(self, client, summary, by):
        read(summary, by=by)
        client.force_login(by)
        self.client = client
        self.address = reverse("admin:editorial_summary_review", args=(summary.pk,))
        self.page = client.get(self.address).content.decode()

    def sign(self, **typed):
        names = "content_sha256|evidence|shown"
        held = re.findall(rf'name="({names})" value="(.*?)"', self.page)
        sent = {
            "review_due_on": (clock.today() + timedelta(days=300)).isoformat(),
            "interests": "none",
            "password": PASSWORD,
            **{name: unescape(value) for name, value in held},
            **typed,
        }
        answer = self.client.post(self.address, sent)
        self.page = answer.content.decode()
        return answer.status_code

    @property
    def options(self):
        found = re.search(r'data-options="(.*?)"', self.page)
        return found and json.loads(unescape(found[1]))


@pytest.fixture
def open_screen(desk, client):
    return lambda summary: Screen(client, summary, desk.reviewer)


def test_who_has_no_second_factor_is_asked_for_none(desk, open_screen):
    screen = open_screen(desk.in_review())

    assert "one_time_code" not in screen.page
    assert screen.sign(one_time_code="x", passkey="x") == 302
    assert SignOff.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"one_time_code": " "}, {"passkey": "[" * 9999}])
def test_without_the_second_thing_the_form_says_so(desk, open_screen, typed):
    give_app(desk.reviewer)
    screen = open_screen(desk.in_review())

    assert screen.sign(**typed) == 200

    assert ASKED in unescape(screen.page)
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("kind", ["app", "recovery code"])
def test_a_code_signs(desk, open_screen, kind):
    give_app(desk.reviewer)
    spare = recovery_codes(desk.reviewer)[0]
    screen = open_screen(desk.in_review())

    assert screen.sign(one_time_code=code() if kind == "app" else spare) == 302

    assert SignOff.objects.exists()


def test_a_wrong_code_is_told_and_not_shown_again(desk, open_screen):
    give_app(desk.reviewer)
    screen = open_screen(desk.in_review())

    assert screen.sign(one_time_code="123123") == 200

    assert "That code is not right" in screen.page
    assert "123123" not in screen.page


def test_a_login_a_moment_ago_stands_for_nothing(desk, client):
    give_app(desk.reviewer)
    summary = desk.in_review()
    shown, later = code(), code(later=1)
    client.post("/admin/login/", {"username": "ines", "password": PASSWORD})
    client.post("/accounts/second-step/", {"code": shown})
    read(summary, by=desk.reviewer)
    screen = Screen.__new__(Screen)
    screen.client = client
    screen.address = reverse("admin:editorial_summary_review", args=(summary.pk,))
    screen.page = client.get(screen.address).content.decode()

    assert screen.sign() == 200
    assert screen.sign(one_time_code=shown) == 200
    assert screen.sign(one_time_code=later) == 302


# By passkey


@pytest.fixture
def key(desk):
    return Passkey().give(desk.reviewer)


def test_a_passkey_signs_the_text_that_is_shown(desk, key, open_screen):
    screen = open_screen(desk.in_review())

    assert screen.sign(passkey=json.dumps(key.answer(screen.options))) == 302

    assert SignOff.objects.exists()


def test_an_answer_signs_once(desk, key, open_screen):
    summary = desk.in_review()
    screen = open_screen(summary)
    answer = json.dumps(key.answer(screen.options))
    assert screen.sign(password="guess", passkey=answer) == 200

    assert screen.sign(passkey=answer) == 200

    assert "did not answer for this very text" in screen.page
    assert not SignOff.objects.exists()


def test_an_answer_for_the_text_of_before_signs_nothing(desk, key, open_screen):
    summary = desk.in_review()
    screen = open_screen(summary)
    answer = json.dumps(key.answer(screen.options))
    workflow.recall(summary, by=desk.writer, reason="One more source.")
    desk.revise(fresh(summary), "Another text [@gard-poh; @pmid:11784876].")
    workflow.submit_for_review(fresh(summary), by=desk.writer)
    now = Manuscript(fresh(summary)).sha256

    assert screen.sign(passkey=answer, content_sha256=now) == 200

    assert not SignOff.objects.exists()


def test_two_texts_open_at_once_are_asked_for_each(desk, key, client):
    summary = desk.in_review()
    first = Screen(client, summary, desk.reviewer)
    asked = client.session["passkeys asked to sign"]

    assert list(asked) == [str(summary.pk)]
    assert first.sign(passkey=json.dumps(key.answer(first.options))) == 302
    assert client.session["passkeys asked to sign"] == {}


# Two presses, two processes


@pytest.mark.django_db(transaction=True)
def test_of_two_uses_of_a_code_at_once_one_counts():
    user, shown, used = give_app(make_writer()), code(), []

    def use():
        used.append(identity.use_code(user, shown))
        connection.close()

    both = [Thread(target=use), Thread(target=use)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len([one for one in used if one]) == 1
