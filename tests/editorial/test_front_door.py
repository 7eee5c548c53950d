"""What is answered before a view, or where a view cannot."""

from urllib.parse import urlencode

import pytest

from tests.walking import Forms


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


def post(visit, address, *, origin="http://127.0.0.1:8000", **typed):
    """Send a form with a token that fits; nobody can say who sends it."""
    token = "a" * 32
    return visit(
        address,
        "POST",
        urlencode({"csrfmiddlewaretoken": token, **typed}).encode(),
        CONTENT_TYPE="application/x-www-form-urlencoded",
        HTTP_COOKIE=f"session={token}; csrf={token}",
        HTTP_ORIGIN=origin,
    )


WRITING = "/admin/editorial/summary/1/change/"


def test_what_was_sent_to_the_desk_comes_back_with_the_503(visit, no_database):
    answer = post(visit, WRITING, body="Words <b> of mine", save="1")

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert "no-store" in answer.headers["Cache-Control"]
    assert b"<dd>Words &lt;b&gt; of mine</dd>" in answer.body
    assert b"Try again in a minute." in answer.body


def test_what_comes_back_is_sent_again_to_the_same_form(visit, no_database):
    (again,) = Forms(post(visit, WRITING, body="My words").body.decode()).forms

    assert again.action == WRITING
    assert again.fields["body"] == "My words"
    assert len(again.fields["csrfmiddlewaretoken"]) == 64


def test_a_password_does_not_come_back(visit, no_database):
    answer = post(visit, "/admin/editorial/summary/1/review/", password="my secret")

    assert answer.status == 503
    assert b"my secret" not in answer.body


def test_a_login_is_simply_told_to_wait(visit, no_database):
    answer = post(visit, "/admin/login/", username="maren", password="my secret")

    assert answer.status == 503
    assert b"cannot reach its database" in answer.body
    assert b"my secret" not in answer.body
