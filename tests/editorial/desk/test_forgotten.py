"""A forgotten password: the same answer for everybody, and mails in measure."""

import pytest

from editorial.desk.people import passwords
from tests.builders import make_writer

pytestmark = pytest.mark.django_db
RESET = "/accounts/password-reset/"


def ask(client, address, **more):
    return client.post(RESET, {"email": address}, **more)


def test_the_mail_goes_out_after_the_answer(rf, mailoutbox):
    make_writer()
    view = passwords.Forgotten()
    view.setup(rf.post(RESET))
    form = passwords.ForgottenForm({"email": "tomas@example.org"})
    assert form.is_valid()

    answer = view.form_valid(form)

    assert (answer.status_code, mailoutbox) == (302, [])
    answer.close()
    assert len(mailoutbox) == 1


def test_five_mails_go_to_one_address_and_nobody_can_tell(client, mailoutbox):
    make_writer()

    answers = [ask(client, "tomas@example.org") for _ in range(7)]
    answers += [ask(client, "Nobody@example.org") for _ in range(7)]

    assert len(mailoutbox) == 5
    assert {(one.status_code, one["Location"]) for one in answers} == {
        (302, f"{RESET}sent/")
    }


def test_a_flood_from_one_place_ends(client, mailoutbox):
    for number in range(20):
        ask(client, f"a{number}@example.org")

    answer = ask(client, "b@example.org")

    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.content.decode()
    assert ask(client, "b@example.org", REMOTE_ADDR="192.0.2.1").status_code == 302


def test_a_mail_that_fails_is_not_told(client, settings):
    make_writer()
    settings.EMAIL_BACKEND = "nowhere.at.all"

    assert ask(client, "tomas@example.org").status_code == 302
