"""A session ends with what it stood for: on the server, and at once."""

import re

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session

from editorial import (
    account_notes,
    accounts,
    handing_over,
    identity,
    invitations,
    open_work,
    sessions,
)
from editorial.models import User
from editorial.states import Role
from tests.builders import PASSWORD, make_editor, make_user, make_writer
from tests.factors import code, give_app
from tests.walking import Walker

pytestmark = pytest.mark.django_db
NEW = "a long and winding sentence"


@pytest.fixture
def root():
    return make_user("root", superuser=True)


@pytest.fixture
def logged_in(visit):
    """Somebody at one more browser."""

    def log_in(user):
        walker = Walker(visit)
        walker.log_in(user.username, PASSWORD)
        return walker

    return log_in


def is_in(walker):
    walker.go("/admin/")
    return walker.address == "/admin/"


def change(user, by, roles):
    accounts.change(
        user,
        first_name=user.first_name,
        last_name=user.last_name,
        email=user.email,
        roles=roles,
        by=by,
    )


def test_ending_takes_the_persons_own_alone(logged_in):
    tomas, maren = make_writer(), make_editor()
    his, hers = [logged_in(tomas), logged_in(tomas)], logged_in(maren)

    assert sessions.end(tomas) == 2

    assert [is_in(walker) for walker in (*his, hers)] == [False, False, True]


def test_shutting_an_account_ends_its_sessions_on_the_server(root, logged_in):
    tomas = make_writer()
    walker = logged_in(tomas)

    accounts.set_active(tomas, False, by=root)

    assert Session.objects.count() == 0
    assert not is_in(walker)


def test_who_is_shut_out_is_mailed_so_and_who_is_let_in_again(root, mailoutbox):
    tomas = make_writer()

    for active in (False, False, True):
        accounts.set_active(tomas, active, by=root)

    assert [one.to for one in mailoutbox] == [["tomas@example.org"]] * 2
    assert [one.subject for one in mailoutbox] == [
        "Your account at Rare answers was shut",
        "Your account at Rare answers was reopened",
    ]
    assert root.printed_name in mailoutbox[0].body


@pytest.mark.parametrize("shut", [True, False])
def test_who_is_shut_out_with_their_work_handed_over_is_mailed(root, mailoutbox, shut):
    tomas = make_writer()
    seen = open_work.of(tomas, leaving=shut).seen

    handing_over.give(tomas, by=root, shut=shut, seen=seen)

    assert [one.to for one in mailoutbox] == [["tomas@example.org"]] * shut


def test_a_session_that_outlived_the_account_opens_nothing(logged_in):
    walker = logged_in(make_writer())

    User.objects.update(is_active=False)

    assert not is_in(walker)


def test_reopening_an_account_revives_no_session(root, logged_in):
    tomas = make_writer()
    walker = logged_in(tomas)
    accounts.set_active(tomas, False, by=root)

    accounts.set_active(tomas, True, by=root)

    assert not is_in(walker)


def test_a_login_half_way_ends_too(root, logged_in):
    # allauth writes such a number down in letters.
    tomas = User(pk=4_000, username="tomas", is_staff=True)
    tomas.set_password(PASSWORD)
    tomas.save()
    tomas.groups.add(Group.objects.get(name=Role.WRITER.value))
    walker = logged_in(give_app(tomas))
    assert walker.address == "/accounts/second-step/"
    accounts.set_active(tomas, False, by=root)
    accounts.set_active(tomas, True, by=root)

    walker.submit(code=code())

    assert not is_in(walker)


def test_a_change_of_roles_ends_sessions_and_is_mailed(root, logged_in, mailoutbox):
    tomas = make_writer()
    walker = logged_in(tomas)

    change(tomas, root, [Role.WRITER, Role.EDITOR])

    assert not is_in(walker)
    assert mailoutbox[0].to == ["tomas@example.org"]
    assert "You are now: editor, writer." in mailoutbox[0].body


def test_saving_the_same_roles_ends_nothing(root, logged_in, mailoutbox):
    tomas = make_writer()
    walker = logged_in(tomas)

    change(tomas, root, [Role.WRITER])

    assert is_in(walker)
    assert mailoutbox == []


def test_a_new_password_ends_the_others_and_is_mailed(logged_in, mailoutbox):
    tomas = make_writer()
    here, elsewhere = logged_in(tomas), logged_in(tomas)
    here.go("/admin/password_change/")

    here.submit(old_password=PASSWORD, new_password1=NEW, new_password2=NEW)

    assert Session.objects.count() == 1
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert "Changed the password." in mailoutbox[0].body
    assert account_notes.of(tomas)[0].change_message == "Changed the password."


def test_a_password_that_was_not_changed_ends_nothing(logged_in, mailoutbox):
    tomas = make_writer()
    here, elsewhere = logged_in(tomas), logged_in(tomas)
    here.go("/admin/password_change/")

    here.submit(old_password="guess", new_password1=NEW, new_password2=NEW)

    assert (is_in(here), is_in(elsewhere)) == (True, True)
    assert mailoutbox == []


def test_the_old_password_is_guessed_five_times_at_most(logged_in):
    here = logged_in(make_writer())
    here.go("/admin/password_change/")
    for _ in range(5):
        here.submit(old_password="guess", new_password1=NEW, new_password2=NEW)

    here.submit(old_password=PASSWORD, new_password1=NEW, new_password2=NEW)

    assert here.answer.status == 429
    assert User.objects.get().check_password(PASSWORD)


def test_taking_a_second_factor_away_ends_sessions(root, logged_in):
    tomas = give_app(make_writer())
    walker = logged_in(tomas)
    walker.submit(code=code())
    assert is_in(walker)

    identity.take_away(tomas, by=root)

    assert not is_in(walker)


def test_a_password_chosen_by_a_mailed_link_is_mailed_and_ends_all(
    logged_in, visit, mailoutbox
):
    logged_in(make_writer())
    before, mailed = Session.objects.get().session_key, Walker(visit)
    invitations.mail_reset(User.objects.get())
    mailed.go(re.search(r"/accounts/password-reset/\S+", mailoutbox[0].body)[0])

    mailed.submit(new_password1=NEW, new_password2=NEW)

    assert "Chose a new password by a mailed link." in mailoutbox[1].body
    assert not Session.objects.filter(session_key=before).exists()
