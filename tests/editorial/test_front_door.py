"""What is answered before a view, or where a view cannot."""

import pytest
from django.http import HttpResponse

from editorial import front_door, guards


@pytest.mark.parametrize("address", ["/\x00", "/search/?q=a%00b", "/admin/login/?\x00"])
def test_nul_in_an_address_is_a_bad_request(visit, address):
    assert visit(address).status == 400


def test_letters_of_every_script_are_no_bad_request(visit):
    assert visit("/Ménière/名/?q=%E5%90%8D").status == 404


def test_path_that_is_not_utf8_is_not_found(visit):
    assert visit("/", PATH_INFO="/\xff\xfe").status == 404


def test_absent_database_is_a_503_that_says_so(visit, no_database):
    answer = visit("/admin/", HTTP_COOKIE="session=" + "a" * 32)

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert b"cannot reach its database" in answer.body


def test_503_tells_nothing_of_the_database(visit, no_database):
    answer = visit("/admin/", HTTP_COOKIE="session=" + "a" * 32)

    assert no_database.encode() not in answer.body


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X"])
@pytest.mark.parametrize("address", ["/admin/", "/admin/nothing/", "/accounts/x/"])
def test_a_staff_address_takes_no_method_but_those_of_a_browser(visit, address, method):
    answer = visit(address, method)

    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"


@pytest.fixture
def door(rf):
    """Asks for an address through the middleware, which starts anew."""
    asked = front_door.refuse_unguarded(lambda request: HttpResponse("A text."))
    return lambda address="/": asked(rf.get(address))


@pytest.mark.django_db
def test_a_guarded_database_is_served(door):
    assert door().content == b"A text."


@pytest.mark.django_db
def test_nothing_is_served_from_a_database_without_its_guards(door, caplog):
    guards.drop()

    answer = door()

    assert answer.status_code == 503
    assert b"A text." not in answer.content
    assert "guard_conditions_edition_update_kept is missing" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", front_door.PROBES)
def test_a_probe_is_answered_without_guards_too(door, address):
    guards.drop()

    assert door(address).status_code == 200


@pytest.mark.django_db
def test_a_guard_that_goes_is_noticed_and_one_that_comes_back(door, monkeypatch):
    monkeypatch.setattr(front_door, "LOOK_EVERY", 0)
    guarded = door().status_code
    guards.drop()
    unguarded = door().status_code
    guards.install()

    assert (guarded, unguarded, door().status_code) == (200, 503, 200)


@pytest.mark.django_db
def test_the_guards_are_looked_at_once_a_second(door, django_assert_num_queries):
    door()

    assert front_door.LOOK_EVERY == 1
    with django_assert_num_queries(0):
        door()


def test_a_database_that_is_away_is_left_to_the_view(door, no_database):
    assert door().status_code == 200
