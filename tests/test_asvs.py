"""What any answer of the site keeps to, asked of the application itself.

`asvs.csv` names these for the requirements that no other test is about.
"""

import logging

import pytest
from django.core import checks

from editorial import logs, mail
from tests.builders import PASSWORD, Desk, make_reviewer, make_user, make_writer
from tests.walking import Walker

pytestmark = pytest.mark.django_db
PAGE = "/conditions/progressive-osseous-heteroplasia/research/"
STYLE = "/static/admin/css/base.css"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/robots.txt",
        "/no/such/page",
        "/?q=%00",
        "/admin/login/",
        STYLE,
        PAGE,
        f"{PAGE}index.md",
    ],
)
def test_an_answer_of_text_names_its_encoding(visit, address):
    Desk().reviewed()

    answer = visit(address)

    assert answer.headers.get_content_maintype() == "text"
    assert answer.headers.get_content_charset() == "utf-8"


@pytest.mark.parametrize("address", ["/", "/healthz", "/admin/", "/accounts/", STYLE])
def test_nothing_repeats_a_traced_request(visit, address):
    answer = visit(address, "TRACE", HTTP_X_PROBE="say it again")

    assert answer.status in (302, 403, 404, 405)
    assert b"say it again" not in answer.body


@pytest.mark.parametrize(
    "address",
    [
        "/static/",
        "/static/admin/",
        "/static/../manage.py",
        "/static/%2e%2e/%2e%2e/manage.py",
        "/static//etc/passwd",
        "/.git/config",
        "/.env",
        "/manage.py",
        "/var/db.sqlite3",
    ],
)
def test_no_folder_is_listed_and_no_file_of_the_project_is_served(visit, address):
    assert visit(address).status == 404


@pytest.mark.parametrize(
    "address",
    [
        "//elsewhere.example",
        "//elsewhere.example/%2e%2e",
        "/admin//elsewhere.example",
        "/\\elsewhere.example",
        "/admin/login/?next=//elsewhere.example/",
        "/admin/jsi18n?next=https://elsewhere.example",
        "/admin/editorial/summary?_changelist_filters=https://elsewhere.example",
    ],
)
def test_no_address_leads_to_another_site(visit, address):
    to = visit(address).headers.get("Location", "/")

    assert to.startswith("/")
    assert not to.startswith(("//", "/\\"))


def test_an_error_tells_nothing_of_itself(visit, monkeypatch):
    monkeypatch.setattr("conditions.views.alphabet", None)

    answer = visit("/")

    assert answer.status == 500
    for word in (b"alphabet", b"Traceback", b"NoneType", b".py"):
        assert word not in answer.body


def test_fields_of_a_form_are_not_read_from_its_address(visit):
    make_writer()
    walker = Walker(visit)
    walker.go(f"/admin/login/?username=tomas&password={PASSWORD.replace(' ', '+')}")

    walker.submit(username="tomas", password="something else")

    assert "/login/" in walker.address


def test_no_name_adds_a_line_to_the_head_of_a_mail(mailoutbox):
    hostile = make_user("tomas", name="Tomás Rey\nBcc: all@elsewhere.example")

    mail.send("password_reset", hostile, link="/", days=3)

    (letter,) = mailoutbox
    assert letter.recipients() == ["tomas@example.org"]
    assert "Bcc" not in letter.message()


def test_no_address_adds_a_line_to_the_head_of_a_mail(mailoutbox):
    user, odd = make_writer(), "a@b.example\nBcc: all@elsewhere.example"

    assert not mail.send("password_reset", user, address=odd, link="/", days=3)
    assert mailoutbox == []


@pytest.mark.parametrize("end", ["%0a", "%0d", "%0d%0a", "%e2%80%a8", "%c2%85", "%1b"])
def test_no_address_forges_a_line_of_the_log(visit, caplog, end):
    visit(f"/no/such/{end}2026-11-21 INFO forged")

    lines = [logs.TextFormatter().format(record) for record in caplog.records]
    assert [line.splitlines() for line in lines] == [[line] for line in lines]
    assert "\x1b" not in "".join(lines)


def test_a_refusal_at_the_desk_names_its_account(visit, caplog):
    reviewer = make_reviewer()
    walker = Walker(visit)
    walker.log_in("ines", PASSWORD)

    with caplog.at_level(logging.WARNING, "editorial.desk.site"):
        assert walker.go("/admin/editorial/summary/add/") == 403

    (record,) = [one for one in caplog.records if one.name == "editorial.desk.site"]
    assert record.getMessage() == (
        f"Refused to account {reviewer.pk}: GET editorial_summary_add"
    )


def test_the_process_logs_to_its_error_output_alone():
    configured = logs.configuration("INFO", "json")

    assert [one["class"] for one in configured["handlers"].values()] == [
        "logging.StreamHandler"
    ]
    assert configured["root"]["handlers"] == ["stderr"]


def test_a_public_site_that_names_nobody_to_tell_of_faults_is_told(settings):
    settings.SECURITY_CONTACT = []

    found = checks.run_checks(tags=["security"], include_deployment_checks=True)

    assert "editorial.W002" in [one.id for one in found]


@pytest.mark.parametrize(
    ("https", "proxies", "told"),
    [(True, 0, ["editorial.W001"]), (True, 1, []), (False, 0, [])],
)
def test_a_public_site_that_trusts_no_proxy_is_told(settings, https, proxies, told):
    settings.SECURE_SSL_REDIRECT, settings.TRUSTED_PROXIES = https, proxies

    found = checks.run_checks(tags=["security"], include_deployment_checks=True)

    assert [one.id for one in found if one.id.startswith("editorial")] == told
