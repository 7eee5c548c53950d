"""What the site tells programs about itself as a whole: robots.txt and security.txt."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from conditions.answers import public
from conditions.structured_data import site

MONTHS_GOOD = 6  # RFC 9116 asks for less than a year


@public
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What crawlers may visit: everything public but the search; and where to begin."""
    return _lines(
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /search/",
        f"Sitemap: {site('/sitemap.xml')}",
    )


@public
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a fault of this site: RFC 9116. None where nobody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = [f"Contact: {address}" for address in settings.SECURITY_CONTACT]
    lines.append(f"Expires: {_expires_on(timezone.localdate())}T00:00:00Z")
    lines.append(f"Preferred-Languages: {settings.LANGUAGE_CODE}")
    if (canonical := site(request.path)).startswith("https://"):
        lines.append(f"Canonical: {canonical}")  # of any other the RFC knows none
    return _lines(*lines)


def _expires_on(today: date) -> date:
    """Return the first day of a month to come: it stays the same for a month.

    The file is printed anew each day, as every list is, so that it never expires.
    """
    years, month = divmod(today.month - 1 + MONTHS_GOOD, 12)
    return date(today.year + years, month + 1, 1)


def _lines(*lines: str) -> HttpResponse:
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
