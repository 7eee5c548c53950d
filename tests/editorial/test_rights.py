"""Each act that gives a right or takes one states it in the log, before and after."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command

from editorial import accounts, guards, log, rights, verifying
from editorial.models import LogEntry, User
from editorial.states import Role
from tests.builders import make_user, make_writer, tamper

pytestmark = pytest.mark.django_db
NAMES = {"first_name": "Tom", "last_name": "Rey", "email": "tom@example.org"}
ADOPT = import_module("editorial.migrations.0008_who_had_which_role").adopt


@pytest.fixture
def root():
    return make_user("root", superuser=True)


@pytest.fixture
def tom(root):
    return accounts.make(username="tom", **NAMES, roles=[Role.WRITER], by=root)


def facts(user):
    """Return what the newest entry about an account says, but for its words."""
    entry = LogEntry.objects.filter(about=f"user:{user.pk}").last()
    said = json.loads(entry.entry)["facts"]
    said.pop("words", None)
    return said


def has(*roles, active=True, staff=True, superuser=False):
    marks = {"active": active, "staff": staff, "superuser": superuser}
    return {"roles": [role.value for role in roles], **marks}


def test_an_account_that_is_made_states_all_its_rights(tom):
    assert facts(tom) == {"after": has(Role.WRITER)}


def test_a_change_of_roles_states_them_before_and_after(root, tom):
    accounts.change(tom, **NAMES, roles=[Role.EDITOR, Role.WRITER], by=root)

    before, after = {"roles": ["Writers"]}, {"roles": ["Editors", "Writers"]}
    assert facts(tom) == {"before": before, "after": after}


def test_the_last_role_that_is_taken_closes_the_desk(root, tom):
    accounts.change(tom, **NAMES, roles=[], by=root)

    before, after = {"roles": ["Writers"], "staff": True}, {"roles": [], "staff": False}
    assert facts(tom) == {"before": before, "after": after}


def test_a_change_of_a_name_states_no_right(root, tom):
    other = NAMES | {"last_name": "Reyes"}
    accounts.change(tom, **other, roles=[Role.WRITER], by=root)

    assert facts(tom) == {}


@pytest.mark.parametrize("active", [False, True])
def test_a_shut_or_reopened_account_states_so(root, tom, active):
    accounts.set_active(tom, False, by=root)
    if active:
        accounts.set_active(tom, True, by=root)

    assert facts(tom) == {"before": {"active": not active}, "after": {"active": active}}


def test_createsuperuser_enters_what_it_made(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long pass phrase of theirs")

    call_command(
        "createsuperuser",
        username="ada",
        email="ada@example.org",
        interactive=False,
        verbosity=0,
    )

    ada = User.objects.get()
    assert ada.is_superuser
    assert ada.check_password("a long pass phrase of theirs")
    assert facts(ada) == {"after": has(superuser=True)}
    assert verifying.verify().is_good


def test_createsuperuser_refuses_a_name_that_is_taken(root):
    from django.core.management import CommandError

    with pytest.raises(CommandError, match="already taken"):
        call_command(
            "createsuperuser",
            username=root.username,
            email="",
            interactive=False,
        )

    assert User.objects.count() == 1


def test_an_account_of_before_is_entered_with_its_rights_of_that_day():
    writer = make_writer()
    tamper("DELETE FROM editorial_logentry")

    ADOPT(apps, None)

    entry = LogEntry.objects.get()
    assert (entry.number, entry.act, entry.row) == (1, "adopted", None)
    assert facts(writer) == {"after": has(Role.WRITER)}
    assert verifying.verify().found.findings == {}


def test_accounts_are_entered_once_and_after_what_the_log_has(root):
    for number in range(6):
        log.enter("looked_at", by=root, number=number)
    unknown = User.objects.create_user("late")

    ADOPT(apps, None)
    ADOPT(apps, None)

    assert LogEntry.objects.last().number == 8
    assert facts(unknown) == {"after": has(staff=False)}
    assert verifying.verify().found.findings == {}


def test_an_entry_in_words_alone_still_verifies(root):
    """As those were written that are in logs already."""
    log.enter("account", by=root, about=root, words="Made the account: editor.")

    assert verifying.verify().found.findings == {}


def test_rights_are_told_in_words():
    both = has(Role.WRITER, Role.MEDICAL_REVIEWER)

    assert rights.told(both) == "writer and medical reviewer"
    assert rights.told(has(active=False)) == "no role, shut"
    assert rights.told(has(superuser=True)) == "no role, a superuser"
    assert rights.told({}) == "no role"


def test_a_group_that_is_no_role_is_no_right():
    writer = make_writer()
    writer.groups.add(Group.objects.create(name="Friends"))

    assert verifying.verify().found.findings == {}


def test_the_guards_are_there_after_the_accounts_were_entered(tom):
    assert guards.differences() == []
