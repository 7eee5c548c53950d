"""How often one address may ask, however many workers it asks."""

import json
import threading

import pytest
import time_machine
from django.db import OperationalError, connection, connections

from conditions.api import allowance
from conditions.models import Allowance

ROOT = "/api/v1/"
NOON = "2026-05-08 12:00:20+00:00"
HERE, THERE = "192.0.2.7", "192.0.2.8"


@pytest.fixture
def ask(visit, settings):
    settings.API_REQUESTS_A_MINUTE = 3
    with time_machine.travel(NOON, tick=False):
        yield lambda source=HERE, **said: visit(ROOT, REMOTE_ADDR=source, **said)


@pytest.mark.django_db
def test_the_question_after_the_last_is_refused_until_the_minute_is_over(ask):
    assert [ask().status for _ in range(4)] == [200, 200, 200, 429]
    refused = ask()

    assert refused.headers["Retry-After"] == "40"
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert json.loads(refused.body)["status"] == 429
    with time_machine.travel("2026-05-08 12:01:00+00:00", tick=False):
        assert ask().status == 200


@pytest.mark.django_db
def test_each_answer_says_how_much_is_left(ask):
    first, second = ask(), ask()

    assert first.headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert first.headers["RateLimit"] == '"minute";r=2;t=40'
    assert second.headers["RateLimit"] == '"minute";r=1;t=40'


@pytest.mark.django_db
def test_what_somebody_has_counts_too(ask):
    tag = ask().headers["ETag"]

    again = ask(HTTP_IF_NONE_MATCH=tag)

    assert again.status == 304
    assert again.headers["RateLimit"] == '"minute";r=1;t=40'


@pytest.mark.django_db
def test_others_are_not_counted_with_them(ask):
    for _ in range(4):
        ask()

    assert ask(THERE).status == 200


@pytest.mark.django_db
def test_the_first_half_of_an_address_of_ipv6_is_one(ask):
    for last in range(4):
        answer = ask(f"2001:db8:1:2::{last}")

    assert answer.status == 429
    assert ask("2001:db8:1:3::1").status == 200


@pytest.mark.django_db
def test_a_forged_address_is_no_way_round(ask):
    for number in range(4):
        answer = ask(HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    assert answer.status == 429


@pytest.mark.django_db
def test_no_address_is_kept_and_a_count_is_forgotten_with_its_minute(ask):
    ask()
    row = Allowance.objects.get()
    assert HERE not in f"{row.key} {row.until} {row.asked}"

    allowance.forget()
    assert Allowance.objects.count() == 1
    with time_machine.travel("2026-05-08 12:01:00+00:00", tick=False):
        allowance.forget()

    assert Allowance.objects.count() == 0


@pytest.mark.django_db
def test_who_cannot_be_counted_at_once_is_answered(ask, monkeypatch):
    def locked(*asked):
        raise OperationalError("locked")

    monkeypatch.setattr(allowance, "at_once", locked)

    answer = ask()

    assert answer.status == 200
    assert "RateLimit" not in answer.headers


@pytest.mark.django_db
def test_the_readers_of_pages_are_not_counted(ask, visit):
    for _ in range(5):
        assert visit("/conditions/", REMOTE_ADDR=HERE).status == 200

    assert not Allowance.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_questions_at_the_same_time_are_all_counted(rf, monkeypatch):
    """As workers would ask: each has a connection of its own."""
    monkeypatch.setattr(allowance, "PATIENCE", 20_000)
    request, uncounted = rf.get(ROOT), []

    def ask():
        uncounted.extend(1 for _ in range(10) if allowance.count(request) is None)
        connections.close_all()

    with time_machine.travel(NOON, tick=True):
        threads = [threading.Thread(target=ask) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    (row,) = Allowance.objects.all()
    assert row.asked == 40 - len(uncounted)
    assert connection.vendor != "sqlite" or not uncounted
