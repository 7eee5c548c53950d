"""Every mail of the desk: its words are templates, its links the site's own address.

The only writer of Mail. A mail about an account goes at once, since its owner waits for
it; one about the work is queued in the transaction of its occasion, for `deliveries`.
"""

import logging
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context
from django.template.loader import get_template
from post_office.models import PRIORITY, STATUS, Email, Log

from editorial import clock
from editorial.models import Kind, Mail, MailChoice, User

log = logging.getLogger(__name__)


def send(name: str, to: User, *, address: str = "", **words: object) -> bool:
    """Send the mail of that name; say whether the server took it.

    `address` is where it goes when that is not the account's own. A failure is
    recorded, never raised: what the mail tells of is done already, and the desk offers
    to send it again. The record has no words, since they may hold a link that opens an
    account.
    """
    address = address or to.email
    subject, body = _parted(name, user=to, **words)
    failure = _failure(name, subject, body, address)
    done = STATUS.failed if failure else STATUS.sent
    email = _email(subject, "", address, status=done, priority=PRIORITY.now)
    _note(email, to, name)
    if failure:
        told = {"exception_type": type(failure).__name__, "message": str(failure)}
        Log.objects.create(email=email, status=done, **told)
    return not failure


def send_to_reader(name: str, address: str, **words: object) -> bool:
    """As `send`, to who has no account; of them nothing is kept."""
    return not _failure(name, *_parted(name, **words), address)


def queue(kind: str, to: User, *, occasion: str, **words: object) -> bool:
    """Queue a mail about the work; say whether there was anything to queue.

    Nothing is, where the person was told of the occasion already, wants no mail of its
    kind or has no address. It names no condition and holds no word of a text.
    """
    if not to.email or kind in choice_of(to).without:
        return False
    if Mail.objects.filter(to=to, occasion=occasion).exists():
        return False
    subject, body = _parted(kind, user=to, **words)
    email = _email(subject, body, to.email, status=STATUS.queued)
    _note(email, to, kind, occasion)
    return True


def choice_of(user: User) -> MailChoice:
    """Return what somebody wants mailed; new and not stored where they never chose."""
    return MailChoice.objects.filter(user=user).first() or MailChoice(user=user)


def choose(user: User, *, without: list[str], digest: str) -> None:
    """Write down what somebody wants mailed; nobody chooses for another."""
    known = [kind for kind in Kind.values if kind in without]
    values = {"without": known, "digest": digest}
    MailChoice.objects.update_or_create(user=user, defaults=values)


def text(name: str, **words: object) -> str:
    """Return the words of a mail: plain text, in which no name is escaped."""
    # The backend's own render() would write O&#x27;Brien.
    template = get_template(f"editorial/mail/{name}.txt").template  # type: ignore[attr-defined]
    site = {"site": settings.SITE_NAME, "site_url": settings.SITE_URL}
    return template.render(Context({**site, **words}, autoescape=False))


def link(path: str) -> str:
    """Return the full address of a path, made of nothing that a request says."""
    return f"{settings.SITE_URL}{path}"


def _parted(name: str, **words: object) -> tuple[str, str]:
    """Return subject and body: the template's first line is the subject."""
    subject, _, body = text(name, **words).partition("\n")
    return subject, body.lstrip("\n")


def _failure(name: str, subject: str, body: str, address: str) -> Exception | None:
    """Send at once; return what stood against it."""
    try:
        EmailMessage(subject, body, to=[address]).send()
    except Exception as error:  # whatever the server or the network has against it
        log.exception("The mail %s was not sent.", name)
        return error
    return None


def _email(subject: str, body: str, address: str, **how: int) -> Email:
    """Return the library's row of a mail.

    Not by its own `send`, which would take what somebody typed for a template; nor by
    `save`, which raises where an address is odd, when the mail is sent already.
    """
    email = Email(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        subject=subject,
        message=body,
        message_id=make_msgid(domain=settings.POST_OFFICE["MESSAGE_ID_FQDN"]),
        **({"priority": PRIORITY.medium} | how),
    )
    Email.objects.bulk_create([email])
    return email


def _note(email: Email, to: User, kind: str, occasion: str = "") -> None:
    """Write down who was mailed; one about an account is an occasion of its own."""
    occasion, at = occasion or email.message_id, clock.now()
    Mail.objects.create(email=email, to=to, kind=kind, occasion=occasion, at=at)
