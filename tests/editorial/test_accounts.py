"""Who looks after accounts: active superusers, and nobody else, whatever the way in."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from editorial import accounts, handing_over, invitations, workflow
from editorial.models import User
from editorial.states import Role
from tests.builders import Desk, make_editor, make_reviewer, make_user, make_writer

pytestmark = pytest.mark.django_db

NAMES = {"first_name": "Tom", "last_name": "Rey", "email": "tom@example.org"}
VERBS = {
    "make": lambda who, by: accounts.make(username="new", **NAMES, roles=[], by=by),
    "change": lambda who, by: accounts.change(who, **NAMES, roles=[], by=by),
    "shut": lambda who, by: accounts.set_active(who, False, by=by),
    "invite": lambda who, by: invitations.invite(
        username="new", **NAMES, roles=[Role.WRITER], by=by
    ),
    "send again": lambda who, by: invitations.send_again(who, by=by),
    "send reset": lambda who, by: invitations.send_reset(who, by=by),
    "shut and hand over": lambda who, by: handing_over.give(
        who, by=by, shut=True, seen=";"
    ),
    "hand over": lambda who, by: handing_over.give(who, by=by, shut=False, seen=";"),
}


def a_shut_superuser():
    user = make_user("root", superuser=True)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return user  # as somebody read it before it was shut


PEOPLE = {
    "an editor": make_editor,
    "a reviewer": make_reviewer,
    "a shut superuser": a_shut_superuser,
}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("verb", VERBS)
def test_only_an_active_superuser_looks_after_accounts(verb, person):
    writer, by = make_writer(), PEOPLE[person]()

    with pytest.raises(PermissionDenied):
        VERBS[verb](writer, by)

    stored = User.objects.get(pk=writer.pk)
    assert (stored.first_name, stored.is_active) == ("Tomás", True)
    assert not User.objects.filter(username="new").exists()


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_else_hands_over_a_text(person):
    desk = Desk()
    summary = desk.draft()
    by = a_shut_superuser() if person == "a shut superuser" else desk.editor

    with pytest.raises(PermissionDenied):
        workflow.hand_over(summary, by=by, part=Role.WRITER, to=None, reason="x")


def test_a_text_is_handed_over_to_a_writer_alone():
    desk, root = Desk(), make_user("root", superuser=True)
    summary = desk.draft()

    with pytest.raises(workflow.MoveRefused, match="is not a writer"):
        workflow.hand_over(
            summary, by=root, part=Role.WRITER, to=desk.editor, reason="x"
        )


def test_a_shut_account_is_sent_nothing():
    root, writer = make_user("root", superuser=True), make_writer()
    accounts.set_active(writer, False, by=root)

    with pytest.raises(ValidationError, match="reopen it first"):
        invitations.send_reset(User.objects.get(pk=writer.pk), by=root)


def test_a_shut_account_is_not_invited_again():
    root, invited = make_user("root", superuser=True), make_writer()
    invited.set_unusable_password()
    invited.is_active = False
    invited.save()

    with pytest.raises(ValidationError, match="reopen it first"):
        invitations.send_again(invited, by=root)


def test_an_account_without_an_address_is_sent_nothing():
    root, writer = make_user("root", superuser=True), make_writer()
    writer.email = ""
    writer.save()

    with pytest.raises(ValidationError, match="write one first"):
        invitations.send_reset(writer, by=root)
