import pytest
from django.core.exceptions import PermissionDenied

from editorial import roles
from editorial.states import MOVES, Role
from tests.builders import make_user

pytestmark = pytest.mark.django_db


def test_one_account_may_hold_several_roles():
    person = make_user("both", Role.WRITER, Role.EDITOR)

    assert roles.roles_of(person) == {Role.WRITER, Role.EDITOR}


def test_a_superuser_has_no_role_even_in_a_group():
    person = make_user("root", Role.EDITOR, superuser=True)

    assert roles.roles_of(person) == frozenset()


def test_an_inactive_account_has_no_role():
    person = make_user("gone", Role.WRITER)
    person.is_active = False
    person.save()

    assert roles.roles_of(person) == frozenset()


def test_a_role_taken_away_is_gone_at_once_for_an_account_already_loaded():
    person = make_user("ines", Role.MEDICAL_REVIEWER)
    assert roles.may(person, MOVES["sign_off"])

    person.groups.clear()

    assert not roles.may(person, MOVES["sign_off"])


def test_the_refusal_names_the_role_that_is_needed():
    with pytest.raises(PermissionDenied, match="role of editor or medical reviewer"):
        roles.require(make_user("guest"), "withdraw")


def test_a_superuser_in_a_group_holds_no_role():
    root = make_user("root", *Role, superuser=True)
    writer = make_user("tomas", Role.WRITER)

    assert list(roles.holders(*Role)) == [writer]
    assert roles.roles_of(root) == frozenset()
