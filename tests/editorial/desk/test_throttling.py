"""How often anybody may try, from where, and what they are told."""

import pytest

from editorial.models import CacheEntry
from tests.builders import PASSWORD, Desk, make_reviewer, make_writer
from tests.factors import code, give_app
from tests.returning import WORDS, Returner, change, lapse
from tests.walking import Walker

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.9"
TOO_MANY = "Too many tries. Wait 15 minutes"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def at(visit):
    """Somebody at a network address: `at(HERE)`."""

    def arrive(address, **headers):
        def ask(*asked, **environ):
            return visit(*asked, **{"REMOTE_ADDR": address, **headers, **environ})

        return Walker(ask)

    return arrive


def guess(walker, times, username="tomas"):
    for _ in range(times):
        walker.log_in(username, "guess")


def is_in(walker):
    walker.go("/admin/")
    return walker.address == "/admin/"


def test_the_sixth_try_is_refused_even_with_the_right_password(at):
    make_writer()
    walker = at(HERE)
    guess(walker, 5)
    assert TOO_MANY not in walker.text

    assert walker.log_in("tomas", PASSWORD) == 200

    assert TOO_MANY in walker.text
    assert not is_in(walker)


def test_capital_letters_and_blanks_are_no_way_round(at):
    make_writer()
    walker = at(HERE)
    for name in ("tomas", "TOMAS", " tomas", "Tomas ", "tomas"):
        guess(walker, 1, name)

    walker.log_in("tomas", PASSWORD)

    assert TOO_MANY in walker.text


def test_a_quarter_of_an_hour_later_it_is_over(at, time_machine):
    make_writer()
    time_machine.move_to("2026-11-21 10:00Z", tick=False)
    walker = at(HERE)
    guess(walker, 6)
    time_machine.move_to("2026-11-21 10:15:01Z", tick=False)

    walker.log_in("tomas", PASSWORD)

    assert is_in(walker)


def test_guesses_from_elsewhere_lock_nobody_out(at):
    make_writer()
    guess(at(ELSEWHERE), 6)
    walker = at(HERE)

    walker.log_in("tomas", PASSWORD)

    assert is_in(walker)


def test_guesses_at_one_account_lock_no_other_of_the_same_place(at):
    make_writer()
    guess(at(HERE), 6, "somebody")
    walker = at(HERE)

    walker.log_in("tomas", PASSWORD)

    assert is_in(walker)


def test_an_account_that_is_none_is_throttled_alike(at):
    walker = at(HERE)
    guess(walker, 6, "nobody")

    assert TOO_MANY in walker.text


def test_guesses_at_many_accounts_from_one_place_end_too(at):
    make_writer()
    walker = at(HERE)
    for number in range(50):
        guess(walker, 1, f"somebody{number}")

    walker.log_in("tomas", PASSWORD)

    assert TOO_MANY in walker.text


def test_a_flood_from_one_place_is_answered_with_a_sentence(at):
    walker = at(HERE)
    walker.go("/admin/login/")
    while walker.submit(username="", password="") == 200:
        pass

    assert walker.answer.status == 429
    assert "Wait 15 minutes" in walker.text
    assert at(ELSEWHERE).go("/admin/login/") == 200


def test_right_passwords_count_for_nothing(at):
    make_writer()
    for _ in range(8):
        walker = at(HERE)
        walker.log_in("tomas", PASSWORD)
        assert is_in(walker)


def test_a_throttled_login_keeps_what_was_sent(desk, visit):
    writer = Returner(visit)
    writer.go(change(desk.draft()))
    lapse()
    writer.submit(body=WORDS)
    while writer.at_the_door(password="") == 200:
        pass

    assert writer.answer.status == 429
    assert writer.hidden("held-body") == [WORDS]


# Codes


def test_five_wrong_codes_shut_the_second_step_from_everywhere(at):
    give_app(make_writer())
    for number in range(5):
        walker = at(f"192.0.2.{number}")
        walker.log_in("tomas", PASSWORD)
        walker.submit(code="000000")
    walker = at(ELSEWHERE)
    walker.log_in("tomas", PASSWORD)

    walker.submit(code=code())

    assert TOO_MANY in walker.text
    assert not is_in(walker)


# Behind a proxy


def test_behind_a_proxy_the_address_is_the_one_that_it_added(at, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    make_writer()
    guess(at("127.0.0.1", HTTP_X_FORWARDED_FOR=f"1.1.1.1, {ELSEWHERE}"), 6)
    walker = at("127.0.0.1", HTTP_X_FORWARDED_FOR=f"1.1.1.1, {HERE}")

    walker.log_in("tomas", PASSWORD)

    assert is_in(walker)


def test_a_forged_address_is_no_way_round(at):
    make_writer()
    for number in range(6):
        guess(at(HERE, HTTP_X_FORWARDED_FOR=f"1.1.1.{number}"), 1)
    walker = at(HERE, HTTP_X_FORWARDED_FOR="1.1.1.9")

    walker.log_in("tomas", PASSWORD)

    assert TOO_MANY in walker.text


@pytest.mark.parametrize("said", ["", "nonsense", "1.1.1.1", ",,,", "é"])
def test_an_odd_header_fails_nothing(at, settings, said):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    make_writer()
    walker = at("127.0.0.1", HTTP_X_FORWARDED_FOR=said)

    walker.log_in("tomas", PASSWORD)

    assert is_in(walker)


# What all processes share


def test_the_counts_are_in_the_database(at):
    make_reviewer()
    guess(at(HERE), 1, "ines")

    assert CacheEntry.objects.exists()
