"""Every mail of the desk: its words are templates, its links the site's own address."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context
from django.template.loader import get_template

log = logging.getLogger(__name__)


def send(name: str, to: str, **words: object) -> bool:
    """Send the mail of that name; say whether the server took it.

    The template's first line is the subject. A failure is logged, never raised: what
    the mail tells of is done already, and the desk offers to send it again.
    """
    subject, _, body = text(name, **words).partition("\n")
    try:
        EmailMessage(subject, body.lstrip("\n"), to=[to]).send()
    except Exception:  # whatever the server or the network has against it
        log.exception("The mail %s was not sent.", name)
        return False
    return True


def text(name: str, **words: object) -> str:
    """Return the words of a mail: plain text, in which no name is escaped."""
    # The backend's own render() would write O&#x27;Brien.
    template = get_template(f"editorial/mail/{name}.txt").template  # type: ignore[attr-defined]
    site = {"site": settings.SITE_NAME, "site_url": settings.SITE_URL}
    return template.render(Context({**site, **words}, autoescape=False))


def link(path: str) -> str:
    """Return the full address of a path, made of nothing that a request says."""
    return f"{settings.SITE_URL}{path}"
