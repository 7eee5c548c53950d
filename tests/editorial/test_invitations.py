"""Accounts: made by invitation, whose owners alone know their passwords."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from editorial import account_notes, accounts, invitations
from editorial.models import User
from editorial.roles import roles_of
from editorial.states import Role
from tests.builders import PASSWORD, make_editor, make_user, make_writer

pytestmark = pytest.mark.django_db
CHOSEN = "a long and winding sentence"


@pytest.fixture
def root():
    return make_user("root", superuser=True)


def invite(by, **fields):
    fields = {
        "username": "siobhan",
        "first_name": "Siobhán",
        "last_name": "O’Brien & O'Neill",
        "email": "siobhan@example.org",
        "roles": [Role.WRITER],
        **fields,
    }
    user, _ = invitations.invite(**fields, by=by)
    return user


def change(user, by, **fields):
    names = ("first_name", "last_name", "email")
    fields = {name: getattr(user, name) for name in names} | fields
    return accounts.change(user, **{"roles": [Role.WRITER], **fields}, by=by)


def link(letter):
    (found,) = re.findall(r"http://127.0.0.1:8000(/accounts/\S+)", letter.body)
    return found


def choose(client, address, password=CHOSEN):
    form = client.get(address, follow=True)
    if not form.redirect_chain:
        return form
    return client.post(
        form.redirect_chain[-1][0],
        {"new_password1": password, "new_password2": password},
    )


def test_invited_account_has_its_role_and_no_password(root):
    user = invite(root)

    assert roles_of(user) == {Role.WRITER}
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (
        *(True, False),
        False,
    )


def test_the_mail_goes_to_its_owner_with_names_as_they_are_written(root):
    invite(root)

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (
        ["siobhan@example.org"],
        "Your account at Rare answers",
    )
    assert "Dear Siobhán O’Brien & O'Neill," in letter.body


def test_owner_chooses_a_password_by_the_link_and_logs_in(client, root):
    user = invite(root)

    choose(client, link(mail.outbox[0]))

    assert client.login(username="siobhan", password=CHOSEN)
    assert account_notes.of(user).first().change_message == "Accepted the invitation."


def test_the_link_works_once(client, root):
    user = invite(root)
    choose(client, link(mail.outbox[0]))

    page = choose(client, link(mail.outbox[0]), "another long sentence")

    assert "This link has ended" in page.content.decode()
    user.refresh_from_db()
    assert user.check_password(CHOSEN)


def test_a_weak_password_is_refused_on_the_form(client, root):
    invite(root)

    page = choose(client, link(mail.outbox[0]), "short")

    assert "at least 12 characters" in page.content.decode()


def test_another_invitation_ends_the_older_link(client, root):
    user = invite(root)

    invitations.send_again(user, by=root)

    old, new = map(link, mail.outbox)
    assert "This link has ended" in choose(client, old).content.decode()
    assert choose(client, new).status_code == 302


def test_the_link_of_a_shut_account_is_not_good(client, root):
    accounts.set_active(invite(root), False, by=root)

    page = choose(client, link(mail.outbox[0]))

    assert "This link has ended" in page.content.decode()


def test_who_has_a_password_is_not_invited_again(root):
    with pytest.raises(ValidationError, match="send a password reset instead"):
        invitations.send_again(make_writer(), by=root)


def test_invited_who_has_no_password_gets_no_reset(root):
    with pytest.raises(ValidationError, match="send the invitation again"):
        invitations.send_reset(invite(root), by=root)


def test_a_mail_server_that_refuses_leaves_the_account(root, settings):
    settings.EMAIL_BACKEND = "no.such.backend"

    user, sent = invitations.invite(
        username="lena",
        first_name="Lena",
        last_name="",
        email="lena@example.org",
        roles=[Role.WRITER],
        by=root,
    )

    assert (User.objects.get(username="lena"), sent) == (user, False)


@pytest.mark.parametrize("make", [make_editor, make_writer])
def test_only_superusers_make_accounts(make):
    with pytest.raises(PermissionDenied, match="Only a superuser"):
        invite(make())


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("username", "TOMAS", "Another account has this username"),
        ("email", "Tomas@Example.org", "Another account has this address"),
        ("username", "two words", "Enter a valid username"),
        ("email", "no address", "Enter a valid email"),
    ],
)
def test_a_bad_or_taken_name_is_refused_by_its_field(root, field, value, sentence):
    make_writer()

    with pytest.raises(ValidationError) as refused:
        invite(root, **{field: value})

    assert sentence in refused.value.message_dict[field][0]


def test_roles_are_given_and_taken(root):
    user = make_writer()

    told = change(user, root, roles=[Role.MEDICAL_REVIEWER])

    assert roles_of(user) == {Role.MEDICAL_REVIEWER}
    assert told == "Changed roles: writer → medical reviewer."


def test_who_loses_the_last_role_does_not_reach_the_desk(root, client):
    user = make_writer()
    client.force_login(user)

    change(user, root, roles=[])

    assert client.get("/admin/").status_code == 302
    assert not User.objects.get(pk=user.pk).is_staff


def test_nobody_changes_their_own_roles(root):
    with pytest.raises(ValidationError) as refused:
        change(root, root, roles=[Role.EDITOR])

    assert refused.value.message_dict == {"roles": ["Nobody changes their own roles."]}


def test_a_superuser_gets_no_editorial_role(root):
    other = make_user("other", superuser=True)

    with pytest.raises(ValidationError, match="their power is people"):
        change(other, root, roles=[Role.EDITOR])


def test_a_new_address_is_told_to_the_old_one(root):
    user = make_writer()

    change(user, root, email="new@example.org")

    (letter,) = mail.outbox
    assert letter.to == ["tomas@example.org"]
    assert "new@example.org" in letter.body


def test_every_change_is_noted_with_its_author(root):
    user = make_writer()

    change(user, root, first_name="Tomas")
    accounts.set_active(user, False, by=root)

    notes = [(note.user, note.change_message) for note in account_notes.of(user)]
    assert notes == [
        (root, "Shut the account."),
        (root, "Changed first name: “Tomás” → “Tomas”."),
    ]


def test_a_change_of_nothing_is_not_noted(root):
    assert change(make_writer(), root) == ""
    assert not LogEntry.objects.exists()


def test_shut_account_is_logged_out_and_reopened(root, client):
    user = make_writer()
    client.force_login(user)

    accounts.set_active(user, False, by=root)
    while_shut = client.get("/admin/").status_code
    accounts.set_active(user, True, by=root)

    assert while_shut == 302
    assert client.login(username="tomas", password=PASSWORD)


def test_nobody_shuts_their_own_account(root):
    with pytest.raises(ValidationError, match="Nobody shuts their own account"):
        accounts.set_active(root, False, by=root)
