"""What is answered before a view, or where a view cannot."""

import json
import time

import pytest
from django.db import OperationalError
from django.http import HttpResponse

from editorial import front_door, guards
from editorial import settings as site
from tests.builders import Desk

PAGE = "/conditions/progressive-osseous-heteroplasia/research/"


@pytest.fixture(autouse=True)
def a_watch_that_has_not_looked_yet():
    front_door.watch.cache_clear()


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
def test_a_program_is_told_with_a_problem_that_the_guards_are_missing(door):
    guards.drop()

    answer = door("/api/v1/pages")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert answer.headers["Content-Type"] == "application/problem+json"


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


def test_the_site_stands_behind_that_door():
    """The tests' own settings leave it out; `tests/faults` asks a server with it."""
    order = [name.rpartition(".")[2] for name in site.MIDDLEWARE]

    at = order.index("refuse_unguarded")
    assert order[at - 1 : at + 2] == [
        "CsrfViewMiddleware",
        "refuse_unguarded",
        "AuthenticationMiddleware",
    ]


@pytest.mark.django_db
def test_the_guards_are_looked_at_once_a_second(door, django_assert_num_queries):
    door()

    assert front_door.LOOK_EVERY == 1
    with django_assert_num_queries(0):
        door()


def test_a_database_that_is_away_is_looked_for_once_a_second(
    rf, no_database, monkeypatch
):
    looks, look = [], guards.too_old
    monkeypatch.setattr(guards, "too_old", lambda: looks.append(1) or look())
    asked = front_door.refuse_unguarded(lambda request: HttpResponse("A text."))

    for _ in range(3):
        with pytest.raises(OperationalError):
            asked(rf.get("/"))
    assert len(looks) == 1


def test_a_probe_looks_for_a_database_that_is_away_itself(door, no_database):
    assert door("/readyz").status_code == 200  # from the view behind this door


@pytest.mark.django_db
def test_nobody_waits_behind_a_look_that_does_not_end(rf, monkeypatch):
    monkeypatch.setattr(front_door, "LOOK_EVERY", 0.01)
    asked = front_door.refuse_unguarded(lambda request: HttpResponse("A text."))
    meanwhile = []

    def hangs():
        if not meanwhile:
            meanwhile.append("begun")
            time.sleep(0.02)
            with pytest.raises(OperationalError):
                asked(rf.get("/"))
            meanwhile.append("told")
        return []

    monkeypatch.setattr(guards, "too_old", hangs)

    assert asked(rf.get("/")).status_code == 200
    assert meanwhile == ["begun", "told"]


@pytest.mark.django_db
def test_a_look_that_fails_is_not_the_last_one(rf, monkeypatch):
    monkeypatch.setattr(front_door, "LOOK_EVERY", 0)
    asked = front_door.refuse_unguarded(lambda request: HttpResponse("A text."))
    with monkeypatch.context() as broken:
        broken.setattr(guards, "too_old", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            asked(rf.get("/"))

    assert asked(rf.get("/")).status_code == 200


FOR_MACHINES = ("review.json", "index.md", "editions/1/proof.json")


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_MACHINES)
def test_what_programs_read_is_refused_over_http_and_not_redirected(
    client, settings, name
):
    settings.SECURE_SSL_REDIRECT = True
    Desk().reviewed()

    answer = client.get(f"{PAGE}{name}")

    assert answer.status_code == 403
    assert (
        answer.content.decode() == f"Ask over https: {settings.SITE_URL}{PAGE}{name}\n"
    )
    assert client.get(f"{PAGE}{name}", secure=True).status_code == 200


@pytest.mark.django_db
def test_a_program_that_sends_a_nul_is_refused_with_a_problem(visit):
    answer = visit("/api/v1/pages/\0/x")

    assert (answer.status, json.loads(answer.body)["status"]) == (400, 400)
    assert visit("/conditions/\0/").headers["Content-Type"].startswith("text/plain")


def test_a_program_is_told_with_a_problem_that_the_database_is_away(visit, no_database):
    answer = visit("/api/v1/pages")

    assert (answer.status, json.loads(answer.body)["status"]) == (503, 503)
    assert answer.headers["Retry-After"] == "60"
    assert visit("/").headers["Content-Type"].startswith("text/html")


def test_a_program_is_told_of_a_fault_with_a_problem(rf):
    try:
        raise RuntimeError("secret words")
    except RuntimeError:
        answer = front_door.server_error(rf.get("/api/v1/pages"))

    assert (answer.status_code, json.loads(answer.content)["status"]) == (500, 500)
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_the_api_is_refused_over_http_with_a_problem(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    answer = client.get("/api/v1/pages")

    assert answer.status_code == 403
    assert (
        answer.json()["detail"] == f"Ask over https: {settings.SITE_URL}/api/v1/pages"
    )
    assert client.get("/api/v1/pages", secure=True).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", PAGE, f"{PAGE}editions/", "/admin/"])
def test_what_people_read_leads_on_to_https(client, settings, address):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(address).status_code == 301


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_MACHINES)
def test_a_site_without_https_is_read_by_programs_too(client, name):
    Desk().reviewed()

    assert client.get(f"{PAGE}{name}").status_code == 200
