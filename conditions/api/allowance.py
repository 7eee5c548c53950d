"""How often one address may ask in a minute, and how often it did.

The only writer of Allowance. Counted in the database, so that all workers count
together, by one statement that nobody comes between. A reader waits for no lock: who
cannot be counted at once is answered uncounted.
"""

import logging
from ipaddress import ip_address, ip_network
from time import time
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error, connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from conditions.at_once import at_once
from conditions.models import Allowance

log = logging.getLogger(__name__)

MINUTE = 60  # seconds
PATIENCE = 50  # milliseconds, on SQLite, which has one writer at a time
SALT = "conditions.api.allowance"
COUNT = (
    "INSERT INTO conditions_allowance (key, until, asked) VALUES (%s, %s, 1) "
    "ON CONFLICT (key) DO UPDATE SET until = excluded.until, asked = CASE "
    "WHEN conditions_allowance.until = excluded.until "
    "THEN conditions_allowance.asked + 1 ELSE 1 END RETURNING asked"
)


class Counted(NamedTuple):
    """What an address may ask in this minute: `asked` counts this question too."""

    most: int
    asked: int
    seconds: int  # until it begins anew

    @property
    def is_used_up(self) -> bool:
        return self.asked > self.most

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers names them, and RFC 9651 writes."""
        left = max(0, self.most - self.asked)
        return {
            "RateLimit-Policy": f'"minute";q={self.most};w={MINUTE}',
            "RateLimit": f'"minute";r={left};t={self.seconds}',
        }


def count(request: HttpRequest) -> Counted | None:
    """Count a question; None where it could not be counted at once."""
    now = int(time())
    until = (now // MINUTE + 1) * MINUTE
    try:
        with at_once(PATIENCE), connection.cursor() as cursor:
            cursor.execute(COUNT, [_key(request), until])
            (asked,) = cursor.fetchone()
    except Error as error:
        log.info("a question is answered uncounted: %s", error)
        return None
    return Counted(settings.API_REQUESTS_A_MINUTE, asked, until - now)


def forget() -> tuple[()]:
    """Forget the minutes that are over, which is nothing to tell of."""
    Allowance.objects.filter(until__lte=int(time())).delete()
    return ()


def _key(request: HttpRequest) -> str:
    """Return the keyed hash of where a question comes from: no address is kept."""
    try:
        source = get_adapter().get_client_ip(request)
    except PermissionDenied:  # a server that says nothing of it: all count together
        source = ""
    return salted_hmac(SALT, _network(source), algorithm="sha256").hexdigest()


def _network(source: str) -> str:
    """Return the address; of IPv6 its first half: the rest is its owner's to vary."""
    try:
        found = ip_address(source)
    except ValueError:
        return source
    return source if found.version == 4 else str(ip_network((found, 64), strict=False))
