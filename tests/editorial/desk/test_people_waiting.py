"""Which accounts wait to be looked after on an administrator's home."""

import pytest

from editorial.desk.home import people_waiting
from editorial.states import Role
from tests.builders import make_user

pytestmark = pytest.mark.django_db


def without_a_password(username, **fields):
    user = make_user(username, Role.WRITER)
    user.set_unusable_password()
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()


def test_an_invitation_waits_for_whoever_could_take_it_up():
    without_a_password("lena")
    without_a_password("gone", is_active=False)
    without_a_password("outside", is_staff=False)
    make_user("tomas", Role.WRITER)

    assert [row.what for row in people_waiting.invited().rows] == ["Lena"]
