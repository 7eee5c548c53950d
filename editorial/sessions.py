"""Sessions on the server: the one room that ends those of a person."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from editorial.models import User

# A login that waits for its second factor.
HALF_WAY = "account_login"


def end(user: User, *, but: str | None = "") -> int:
    """End the person's sessions, all `but` one, and logins that are half-way in.

    Returns how many. Reads every session that is open: a newsroom has hundreds at
    most, and readers have none.
    """
    ended = 0
    open_ones = Session.objects.filter(expire_date__gt=timezone.now())
    for session in open_ones.exclude(session_key=but or "").iterator():
        if _is_of(session, user):
            session.delete()
            ended += 1
    return ended


def _is_of(session: Session, user: User) -> bool:
    said = session.get_decoded()
    half_way = said.get(HALF_WAY)
    waiting = half_way.get("user_pk") if isinstance(half_way, dict) else None
    return str(said.get(SESSION_KEY)) == str(user.pk) or (
        waiting == user_pk_to_url_str(user)
    )
