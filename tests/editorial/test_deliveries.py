"""What is queued is sent, once, and its outcome is written down."""

import fcntl
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from post_office.models import STATUS, Email, Log

from editorial import clock, deliveries, locks, mail
from editorial.models import Kind, Mail
from tests.builders import make_writer

pytestmark = pytest.mark.django_db
NOWHERE = "no.such.backend"


@pytest.fixture
def tomas():
    return make_writer()


def queue(user, number=1):
    mail.queue(Kind.DUE, user, occasion=f"due:{number}", count=1, link="http://x/")


def outcomes():
    return list(Email.objects.order_by("pk").values_list("status", flat=True))


def test_what_is_queued_is_sent_in_order_and_said_to_be_sent(tomas, mailoutbox):
    queue(tomas, 1), queue(tomas, 2)

    assert list(deliveries.send()) == ["sent 2 mails"]
    assert [letter.to for letter in mailoutbox] == [["tomas@example.org"]] * 2
    assert outcomes() == [STATUS.sent, STATUS.sent]


def test_nothing_is_sent_twice(tomas, mailoutbox):
    queue(tomas)
    list(deliveries.send())

    assert list(deliveries.send()) == []
    assert len(mailoutbox) == 1


def test_each_mail_keeps_its_number_so_that_a_second_copy_is_known(tomas, mailoutbox):
    queue(tomas)
    list(deliveries.send())
    Email.objects.update(status=STATUS.queued)
    list(deliveries.send())

    first, second = mailoutbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_one_that_fails_ends_the_round_and_is_tried_again_for_a_day(
    tomas, mailoutbox, settings
):
    queue(tomas, 1), queue(tomas, 2)
    settings.EMAIL_BACKEND = NOWHERE

    assert list(deliveries.send()) == []
    assert outcomes() == [STATUS.requeued, STATUS.queued]
    assert Log.objects.get().message == "No module named 'no'"

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert list(deliveries.send()) == ["sent 1 mail"]
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=True):
        assert list(deliveries.send()) == ["sent 1 mail"]
    assert outcomes() == [STATUS.sent, STATUS.sent]


def test_after_a_day_of_tries_it_is_said_to_have_failed(tomas, settings):
    queue(tomas)
    Email.objects.update(number_of_retries=48)
    settings.EMAIL_BACKEND = NOWHERE

    list(deliveries.send())

    assert outcomes() == [STATUS.failed]


def test_a_mail_about_an_account_goes_at_once_and_keeps_none_of_its_words(
    tomas, mailoutbox
):
    assert mail.send("password_reset", tomas, link="https://secret", days=3)

    record = Mail.objects.get()
    assert (record.kind, record.to, record.email.status) == (
        *("password_reset", tomas),
        STATUS.sent,
    )
    assert record.email.message == ""
    assert len(mailoutbox) == 1


def test_one_that_the_server_refuses_is_written_down_with_the_reason(tomas, settings):
    settings.EMAIL_BACKEND = NOWHERE

    assert not mail.send("password_reset", tomas, link="https://secret", days=3)
    assert outcomes() == [STATUS.failed]
    assert Log.objects.get().message == "No module named 'no'"


@contextmanager
def another_worker():
    """Hold what another worker would hold, in a connection of its own."""
    if connection.vendor == "postgresql":
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [deliveries.LOCK])
        yield
        # By its own word: of a connection that is closed the server learns in time.
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [deliveries.LOCK])
        other.close()
    else:
        with locks.beside_the_file(deliveries.LOCK).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def test_while_another_worker_sends_this_one_sends_nothing(tomas, mailoutbox):
    queue(tomas)
    with another_worker():
        assert list(deliveries.send()) == []
    assert mailoutbox == []

    assert list(deliveries.send()) == ["sent 1 mail"]


def test_mails_of_more_than_a_year_ago_are_forgotten(tomas):
    queue(tomas)
    assert deliveries.forget() == []

    with time_machine.travel(clock.now() + timedelta(days=366), tick=True):
        assert deliveries.forget() == ["forgot 1 mails"]
    assert Mail.objects.count() == Email.objects.count() == 0
