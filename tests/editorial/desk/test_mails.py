"""“Your mails” and the mails to all: chosen by oneself, shown with their outcome."""

import pytest
from django.test import Client
from post_office.models import STATUS, Email, Log

from editorial import mail
from editorial.models import Kind, MailChoice, User
from tests.builders import make_editor, make_user, make_writer

pytestmark = pytest.mark.django_db
MINE, ALL = "/accounts/mails/", "/admin/mails/"


class At:
    """Somebody at one of the two screens; `text` is what is shown."""

    def __init__(self, person):
        self._client = Client()
        self._client.force_login(person)

    def go(self, address):
        answer = self._client.get(address)
        self.text = answer.content.decode()
        return answer.status_code

    def choose(self, **typed):
        answer = self._client.post(MINE, typed, follow=True)
        self.text = answer.content.decode()


@pytest.fixture
def tomas():
    return At(make_writer())


def queued(number=1, to="tomas"):
    user = User.objects.get(username=to)
    mail.queue(Kind.DUE, user, occasion=f"due:{number}", count=1, link="http://x/")


def test_all_is_told_until_somebody_chooses(tomas):
    tomas.go(MINE)

    assert tomas.text.count("checked") == len(Kind) + 1  # and the weekly digest


def test_a_choice_is_kept_and_shown_again(tomas):
    tomas.choose(told=["signed", "withdrawn"], digest="daily")

    assert "Saved. It holds from the next mail on." in tomas.text
    choice = MailChoice.objects.get()
    assert (choice.user.username, choice.digest) == ("tomas", "daily")
    assert {*Kind.values} - {*choice.without} == {"signed", "withdrawn"}
    tomas.go(MINE)
    assert tomas.text.count("checked") == 3


def test_who_wants_no_mail_of_the_work_may_say_so(tomas):
    tomas.choose(told=[], digest="never")

    assert MailChoice.objects.get().without == Kind.values


def test_a_choice_that_no_form_offers_is_refused_in_a_sentence(tomas):
    tomas.choose(told=["signed"], digest="hourly")

    assert "Select a valid choice" in tomas.text
    assert not MailChoice.objects.exists()


def test_one_sees_the_mails_to_oneself_and_nobody_elses(tomas):
    make_user("lea")
    queued(1), queued(2, "lea")

    tomas.go(MINE)

    assert tomas.text.count("Waits for the worker") == 1
    assert ALL not in tomas.text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (STATUS.sent, "Sent"),
        (STATUS.queued, "Waits for the worker"),
        (STATUS.requeued, "Tried, and tried again: no such &lt;server&gt;"),
        (STATUS.failed, "Not sent: no such &lt;server&gt;"),
    ],
)
def test_the_outcome_of_each_mail_is_told(tomas, status, words):
    queued()
    Email.objects.update(status=status)
    failed = {"status": STATUS.failed, "message": "no such <server>"}
    Log.objects.create(email=Email.objects.get(), exception_type="OSError", **failed)

    tomas.go(MINE)

    assert words in tomas.text


def test_an_editor_sees_the_mails_to_all_and_that_no_worker_runs(tomas):
    maren = At(make_editor())
    queued()

    maren.go(MINE)
    assert ALL in maren.text
    maren.go(ALL)

    assert "tomas@example.org" in maren.text
    assert "has never run: ask the operator to start it" in maren.text


def test_a_writer_is_told_whose_the_mails_to_all_are(tomas):
    assert tomas.go(ALL) == 403
    assert "The mails of all are for editors and superusers." in tomas.text


def test_the_list_of_all_is_only_looked_at(client):
    client.force_login(make_editor())

    assert client.post(ALL).status_code == 405


@pytest.mark.parametrize("count", [3, 12])
def test_the_list_asks_as_often_for_three_as_for_twelve(
    tomas, django_assert_num_queries, count
):
    maren = At(make_editor())
    for number in range(count):
        queued(number)
    maren.go(ALL)

    with django_assert_num_queries(6):
        maren.go(ALL)
    assert maren.text.count("Waits for the worker") == count
