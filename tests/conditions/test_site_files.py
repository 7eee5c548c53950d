"""robots.txt and security.txt: what the site tells programs about itself."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from conditions import site_files
from conditions.models import Printed

SECURITY = "/.well-known/security.txt"
FIELD = re.compile(r"([A-Z][A-Za-z-]+): (\S+)")
A_YEAR = timedelta(days=365)


def fields(answer):
    """Return the fields of a security.txt, each line of which RFC 9116 knows."""
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.body.decode()
    assert text.endswith("\n")
    lines = [FIELD.fullmatch(one) for one in text.splitlines()]
    assert all(lines)
    return [one.groups() for one in lines]


def test_it_names_whom_to_tell_until_when_and_in_which_language(db, visit, settings):
    settings.SECURITY_CONTACT = ["mailto:a@example.org", "https://a.example/report"]

    found = fields(visit(SECURITY))

    assert [value for name, value in found if name == "Contact"] == (
        settings.SECURITY_CONTACT
    )
    assert [name for name, _ in found].count("Expires") == 1
    assert dict(found)["Preferred-Languages"] == "en"
    assert "Canonical" not in dict(found)


def test_its_own_address_is_told_where_it_is_https(db, rf, settings):
    settings.SITE_URL = "https://answers.example"

    text = site_files.security_txt(rf.get(SECURITY)).content.decode()

    assert f"Canonical: https://answers.example{SECURITY}\n" in text


@pytest.mark.parametrize("month", range(1, 13))
def test_it_expires_in_less_than_a_year_and_never_unread(month):
    for today in (date(2027, month, 1), date(2027, month, 28)):
        ahead = site_files._expires_on(today) - today

        assert timedelta(days=150) < ahead < A_YEAR


def test_a_printed_one_is_made_anew_long_before_it_expires(db, visit):
    with time_machine.travel("2026-05-08 10:00Z", tick=False) as now:
        for _ in range(2):
            visit(SECURITY)
        assert "X-Request-ID" not in visit(SECURITY).headers  # not Django's answer
        first = dict(fields(visit(SECURITY)))["Expires"]
        now.shift(200 * 86_400)
        later = dict(fields(visit(SECURITY)))["Expires"]

    assert (first, later) == ("2026-11-01T00:00:00Z", "2027-05-01T00:00:00Z")
    assert datetime.fromisoformat(later) > datetime(2026, 11, 24, tzinfo=UTC)


def test_a_site_that_names_nobody_has_none(db, visit, settings):
    settings.SECURITY_CONTACT = []

    assert visit(SECURITY).status == 404
    assert not Printed.objects.exists()


def test_robots_may_read_everything_public_and_are_told_where_it_is_listed(db, visit):
    answer = visit("/robots.txt")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.body.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /search/",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]
