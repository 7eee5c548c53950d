"""Sessions on the server: where somebody is logged in, until when, and the end of it.

The one room that ends sessions; their engine too. No address that somebody comes from
is kept: what is known of a session is when it began and by what browser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from editorial.models import User

# A login that waits for its second factor.
HALF_WAY = "account_login"
# What a session says of itself: whole seconds since 1970, and words.
BEGAN, WROTE, BROWSER = "logged_in_at", "wrote_at", "browser"
UNKNOWN = "An unknown browser"
# The first that fits: most browsers name others beside themselves.
BROWSERS = {
    "Edge": "Edg",
    "Opera": "OPR/",
    "Samsung Internet": "SamsungBrowser",
    "Firefox": "Firefox|FxiOS",
    "Chrome": "Chrome|CriOS|Chromium",
    "Safari": "Safari",
}
MACHINES = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "macOS": "Macintosh",
    "ChromeOS": "CrOS",
    "Linux": "Linux",
}


class SessionStore(db.SessionStore):
    """Django's own, but that a login ends SESSION_HOURS after it, whatever is done."""

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Note the time of the login and of the newest write in what is stored."""
        if SESSION_KEY in data:
            data[WROTE] = _now()
            data.setdefault(BEGAN, data[WROTE])
        return super().create_model_instance(data)

    def get_expiry_age(self, **said: Any) -> int:
        return min(super().get_expiry_age(**said), self._left())

    def get_expiry_date(self, **said: Any) -> datetime:
        last = timezone.now() + timedelta(seconds=self._left())
        return min(super().get_expiry_date(**said), last)

    def _left(self) -> int:
        """Return for how many seconds the login holds yet."""
        began = self.get(BEGAN, _now())
        return max(0, began + settings.SESSION_HOURS * 3600 - _now())


@dataclass(frozen=True)
class Place:
    """Where somebody is logged in: one session of theirs. Its key stays a secret."""

    name: str
    browser: str
    began_at: datetime
    wrote_at: datetime
    is_here: bool


def began(request: HttpRequest) -> None:
    """Note in a session that has just begun by what browser that was."""
    request.session[BROWSER] = browser(request.headers.get("User-Agent", ""))


def browser(agent: str) -> str:
    """Return a browser in plain words; never what it said, which may be anything."""
    named, machine = _first(BROWSERS, agent), _first(MACHINES, agent)
    if not named:
        return UNKNOWN
    return f"{named} on {machine}" if machine else named


def places(user: User, *, here: str | None = "") -> list[Place]:
    """Return where the person is logged in: `here` first, then the newest logins."""
    found = [
        Place(
            _name(session),
            said.get(BROWSER, UNKNOWN),
            _moment(said.get(BEGAN, 0)),
            _moment(said.get(WROTE, 0)),
            session.session_key == here,
        )
        for session, said in _open_ones()
        if _is_in(said, user)
    ]
    found.sort(key=lambda place: place.began_at, reverse=True)
    return sorted(found, key=lambda place: not place.is_here)


def end(user: User, *, but: str | None = "", name: str = "") -> int:
    """End the person's sessions, all `but` one, and logins that are half-way in.

    Or the one of a `Place.name` alone. Returns how many. Reads every session that is
    open: a newsroom has hundreds at most, and readers have none.
    """
    ended = 0
    for session, said in _open_ones():
        theirs = _is_in(said, user) or _is_half_way(said, user)
        meant = name in ("", _name(session)) and session.session_key != (but or "")
        if theirs and meant:
            session.delete()
            ended += 1
    return ended


def _open_ones() -> Iterator[tuple[Session, dict[str, Any]]]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        yield session, session.get_decoded()


def _is_in(said: dict[str, Any], user: User) -> bool:
    return str(said.get(SESSION_KEY)) == str(user.pk)


def _is_half_way(said: dict[str, Any], user: User) -> bool:
    waits = said.get(HALF_WAY)
    return isinstance(waits, dict) and waits.get("user_pk") == user_pk_to_url_str(user)


def _name(session: Session) -> str:
    """Return what a form calls a session: who reads the page learns no key."""
    sealed = salted_hmac("editorial.sessions", session.session_key, algorithm="sha256")
    return sealed.hexdigest()[:32]


def _first(known: dict[str, str], agent: str) -> str:
    return next((name for name, sign in known.items() if re.search(sign, agent)), "")


def _now() -> int:
    return int(timezone.now().timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
