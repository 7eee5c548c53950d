"""Every answer of the application carries the same guarded headers."""

import pytest

from conditions.headers import security_headers

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STYLE = "/static/admin/css/base.css"


def test_headers_over_http_are_these():
    assert security_headers(https=False) == EXPECTED


def test_headers_over_https_add_a_year_of_strict_transport():
    strict = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}

    assert security_headers(https=True) == EXPECTED | strict


def test_changing_the_answer_changes_no_later_answer():
    security_headers(https=False).clear()

    assert security_headers(https=False) == EXPECTED


@pytest.mark.parametrize(
    ("status", "address", "environ"),
    [
        pytest.param(200, "/healthz", {}, id="page"),
        pytest.param(200, STYLE, {}, id="static file"),
        pytest.param(206, STYLE, {"HTTP_RANGE": "bytes=0-9"}, id="part of a file"),
        pytest.param(405, STYLE, {"REQUEST_METHOD": "POST"}, id="post to a file"),
        pytest.param(404, "/static/none.css", {}, id="no such file"),
        pytest.param(404, "/no/such/page", {}, id="no such page"),
        pytest.param(301, "/admin", {}, id="missing slash"),
        pytest.param(302, "/admin/", {}, id="sent to the login"),
        pytest.param(200, "/admin/login/", {}, id="admin"),
        pytest.param(400, "/", {"HTTP_HOST": "elsewhere.example"}, id="wrong host"),
        pytest.param(400, "/?q=%00", {}, id="bad address"),
        pytest.param(403, "/healthz", {"REQUEST_METHOD": "POST"}, id="forged form"),
    ],
)
@pytest.mark.django_db
def test_answer_carries_every_header_once(visit, status, address, environ):
    answer = visit(address, **environ)

    assert answer.status == status
    assert {name: answer.headers.get_all(name) for name in EXPECTED} == {
        name: [value] for name, value in EXPECTED.items()
    }


def test_failure_inside_a_view_carries_every_header(visit, monkeypatch):
    monkeypatch.setattr("editorial.urls.health.JsonResponse", None)

    answer = visit("/healthz")

    assert answer.status == 500
    assert {name: answer.headers[name] for name in EXPECTED} == EXPECTED


def test_static_file_is_not_offered_to_other_sites(visit):
    assert "Access-Control-Allow-Origin" not in visit(STYLE).headers
