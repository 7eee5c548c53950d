"""Which rooms of the desk each person is led to, and what a summary's room allows."""

import pytest
from django.contrib import admin

from editorial.models import Summary
from editorial.states import MOVES, Role
from tests.builders import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(rf):
    """Return a request by somebody who has a role, or none."""

    def ask(*roles, **fields):
        request = rf.get("/admin/")
        request.user = make_user("someone", *roles, **fields)
        return request

    return ask


def rooms(request):
    return [room["label"] for room in admin.site.each_context(request)["rooms"]]


def test_people_are_a_room_of_editors_and_superusers(ask):
    assert "People" not in rooms(ask(Role.WRITER))


def test_a_superuser_is_led_to_people_alone(ask):
    assert rooms(ask(superuser=True)) == ["People"]


def test_the_desk_is_closed_without_a_role(ask):
    assert not admin.site.has_permission(ask())


@pytest.mark.parametrize("role", [*Role, None])
def test_a_summarys_room_offers_what_the_gate_allows(ask, role):
    request, room = ask(*([role] if role else ())), admin.site._registry[Summary]

    assert room.has_view_permission(request) == bool(role)
    assert room.has_add_permission(request) == (role in MOVES["start"].roles)
    assert room.has_change_permission(request) == (role in MOVES["revise"].roles)
