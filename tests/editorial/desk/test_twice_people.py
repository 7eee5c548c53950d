"""Two presses of one button about people, and two open tabs: one act, none undone."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail

from conditions.models import Reviewer
from editorial import account_notes, accounts, clock, credentials
from editorial.models import User
from editorial.states import Role
from tests.builders import make_editor, make_reviewer, make_user, record

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/editorial/user/"
INVITED = {
    **{"first_name": "Lena", "last_name": "Okafor", "username": "lena"},
    **{"email": "lena@example.org", "roles": [Role.WRITER.value]},
}


@pytest.fixture
def editor(client):
    editor = make_editor()
    client.force_login(editor)
    return editor


@pytest.fixture
def root(client):
    root = make_user("root", superuser=True)
    client.force_login(root)
    return root


@pytest.fixture
def press(client):
    """Posts a form: `press(address, name="…")`."""

    def press(address, **typed):
        return client.post(address, typed, follow=True)

    return press


def told(page):
    return [str(message) for message in page.context["messages"]]


def refusal(page):
    alerts = re.findall(r'role="alert">(.*?)</p>', page.content.decode(), re.S)
    return " ".join(map(unescape, alerts))


def seen(client, person, form):
    """What a form of the person's page says of what it showed."""
    page = client.get(f"{PEOPLE}{person.pk}/change/").content.decode()
    part = next(one for one in page.split("<form") if f'value="{form}"' in one)
    return re.search(r'name="against" value="(\d+)"', part)[1]


def make_byline(slug, by):
    name = f"Dr {slug.title()}"
    return record(Reviewer(slug=slug, printed_name=name, profession="GP"), by)


def test_an_invitation_pressed_twice_makes_one_account_and_sends_one_mail(root, press):
    for _ in range(2):
        page = press(f"{PEOPLE}add/", **INVITED)

    lena = User.objects.get(username="lena")
    assert "Made an account for Lena Okafor." in told(page)
    assert page.redirect_chain[-1][0] == f"{PEOPLE}{lena.pk}/change/"
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "other",
    [{"email": "other@example.org"}, {"roles": [Role.EDITOR.value]}],
    ids=["email", "roles"],
)
def test_another_invitation_under_the_same_username_is_refused(root, press, other):
    press(f"{PEOPLE}add/", **INVITED)

    page = press(f"{PEOPLE}add/", **INVITED | other)

    assert page.context["form"].errors["username"]
    assert (page.redirect_chain, len(mail.outbox)) == ([], 1)


@pytest.mark.parametrize("act", ["invite", "reset"])
def test_a_mail_asked_for_twice_is_sent_once_and_again_from_a_new_page(
    root, press, client, act
):
    person = make_user("lena", Role.WRITER)
    if act == "invite":
        person.set_unusable_password()
        person.save()
    address, against = f"{PEOPLE}{person.pk}/change/", seen(client, person, act)

    for _ in range(2):
        page = press(address, act=act, against=against)
    once = len(mail.outbox)
    press(address, act=act, against=seen(client, person, act))

    assert told(page) == ["That was sent a moment ago, and is not sent twice."]
    assert (once, len(mail.outbox)) == (1, 2)


def test_a_reset_that_a_colleague_sent_does_not_stop_mine(root, press, client):
    person = make_user("lena", Role.WRITER)
    against = seen(client, person, "reset")
    account_notes.enter(
        person, "Sent a password reset.", by=make_user("r2", superuser=True)
    )

    press(f"{PEOPLE}{person.pk}/change/", act="reset", against=against)

    assert len(mail.outbox) == 1


DETAILS = {"act": "details", "first_name": "Lena", "last_name": "Okafor"}
DETAILS |= {"email": "lena@example.org", "roles": [Role.WRITER.value]}


def test_details_saved_twice_are_one_change(root, press, client):
    person = make_user("lena", Role.WRITER, name="Lena Oka")
    against = seen(client, person, "details")

    for _ in range(2):
        page = press(f"{PEOPLE}{person.pk}/change/", **DETAILS, against=against)

    assert told(page) == ["Changed last name: “Oka” → “Okafor”."]
    assert account_notes.of(person).count() == 1


def test_a_change_by_a_colleague_is_not_said_to_be_mine(root, press, client):
    person = make_user("lena", Role.WRITER, name="Lena Oka")
    against = seen(client, person, "details")
    client.force_login(make_user("r2", superuser=True))
    press(f"{PEOPLE}{person.pk}/change/", **DETAILS, against=against)
    client.force_login(root)

    page = press(f"{PEOPLE}{person.pk}/change/", **DETAILS, against=against)

    assert told(page) == ["Nothing to save: all is the same."]


def test_details_typed_over_a_colleagues_are_refused_once_and_kept(root, press, client):
    person = make_user("lena", Role.WRITER, name="Lena Oka")
    against = seen(client, person, "details")
    other, names = make_user("r2", superuser=True), {"last_name": "Oka"}
    names |= {"first_name": "Lena", "email": "new@example.org"}
    accounts.change(person, **names, roles=[Role.WRITER], by=other)

    page = press(f"{PEOPLE}{person.pk}/change/", **DETAILS, against=against)

    assert "changed this account while you were typing" in refusal(page)
    assert page.context["details"]["last_name"].value() == "Okafor"
    person.refresh_from_db()
    assert (person.last_name, person.email) == ("Oka", "new@example.org")
    again = seen(client, person, "details")
    press(f"{PEOPLE}{person.pk}/change/", **DETAILS, against=again)
    person.refresh_from_db()
    assert (person.last_name, person.email) == ("Okafor", "lena@example.org")


def test_a_credential_verified_twice_is_one_row_of_history(editor, press, client):
    person = make_reviewer(verified=False)
    account = person.reviewer_account
    day = clock.today() + timedelta(days=365)
    sent = {"byline": account.reviewer_id, "expires_on": day.isoformat()}
    against = seen(client, person, "verify")

    for _ in range(2):
        page = press(
            f"{PEOPLE}{person.pk}/change/", act="verify", **sent, against=against
        )

    assert told(page) == [f"Verified until {day.isoformat()}."]
    assert account.history.count() == 2


@pytest.mark.parametrize("days", [9, 365])
def test_a_credential_changed_meanwhile_is_refused_once_and_keeps_the_day(
    editor, press, client, days
):
    person = make_reviewer(verified=False)
    account = person.reviewer_account
    against, day = seen(client, person, "verify"), clock.today() + timedelta(days=365)
    other = make_editor("second", "Otto Second")
    credentials.verify(account, by=other, expires_on=clock.today() + timedelta(days))

    page = press(
        f"{PEOPLE}{person.pk}/change/",
        act="verify",
        byline=account.reviewer_id,
        expires_on=day.isoformat(),
        against=against,
    )

    assert refusal(page).startswith("Otto Second changed this credential")
    assert page.context["verify"]["expires_on"].value() == day.isoformat()
    account.refresh_from_db()
    assert account.verified_by == other


def test_a_byline_set_twice_is_set_once(editor, press, client):
    make_reviewer("ines", verified=False)
    person = make_user("jonas", Role.MEDICAL_REVIEWER, name="Jonas Adeyemi")
    byline = make_byline("jonas", editor)
    against = seen(client, person, "pair")

    for _ in range(2):
        page = press(
            f"{PEOPLE}{person.pk}/change/",
            act="pair",
            reviewer=byline.pk,
            against=against,
        )

    assert told(page)[0] == "Jonas Adeyemi signs as Dr Jonas."
    assert person.reviewer_account.history.count() == 1


def test_another_byline_undoes_no_verification_that_was_not_seen(editor, press, client):
    person = make_reviewer(verified=False)
    account, byline = person.reviewer_account, make_byline("jonas", editor)
    against = seen(client, person, "pair")
    other = make_editor("second", "Otto Second")
    day = clock.today() + timedelta(days=9)
    credentials.verify(account, by=other, expires_on=day)

    page = press(
        f"{PEOPLE}{person.pk}/change/",
        act="pair",
        reviewer=byline.pk,
        against=against,
    )

    assert refusal(page).startswith("Otto Second changed this credential")
    account.refresh_from_db()
    assert (account.reviewer.slug, account.verified_by) == ("ines", other)
