"""A form of the desk that no database could take comes back with its words on it."""

from urllib.parse import urlencode

from tests.walking import Forms

WRITING = "/admin/editorial/summary/1/change/"


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


def test_a_form_of_another_site_is_not_shown_again(visit, no_database):
    answer = post(visit, WRITING, origin="https://evil.example", body="Their words")

    assert b"Their words" not in answer.body
