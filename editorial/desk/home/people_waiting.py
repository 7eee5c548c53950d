"""The people who wait: credentials to verify, invitations not taken up. Reads only."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.urls import reverse

from editorial import clock
from editorial.desk.home.waiting import Group, Row
from editorial.desk.people import standing
from editorial.models import ReviewerAccount, User
from editorial.states import Role


def credentials(user):
    """Return the credentials to verify or renew, of others, that lapse first."""
    today = clock.today()
    due = Q(verified_at=None) | Q(expires_on__lte=today + standing.SOON)
    signing = Q(user__is_active=True, user__groups__name=Role.MEDICAL_REVIEWER.value)
    accounts = ReviewerAccount.objects.filter(due, signing).exclude(user=user)
    rows = [
        Row(
            what=str(one.reviewer),
            address=_address(one.user),
            who=one.user.printed_name,
            said=standing.of(one, today)[0],
        )
        for one in accounts.select_related("user", "reviewer").order_by(
            "expires_on", "pk"
        )
    ]
    words = ("credentials", "credentials to verify", "Credential", "warn")
    return Group(*words, rows=rows)


def own_credential(user):
    """Return in words why the person cannot sign now or soon, or ""."""
    account = ReviewerAccount.objects.filter(user=user).first()
    if account is None:
        return "You have no byline yet: an editor gives you one and verifies it."
    said, colour = standing.of(account, clock.today())
    return "" if colour == "ok" else f"Your credential: {said.lower()}. Ask an editor."


def invited():
    """Return the accounts whose owner has not chosen a password."""
    people = User.objects.filter(
        is_active=True, is_staff=True, password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    rows = [
        Row(what=one.printed_name, address=_address(one), since=one.date_joined)
        for one in people.order_by("date_joined", "pk")
    ]
    return Group("invited", "invitations not taken up", "Invited", rows=rows)


def _address(user):
    return reverse("admin:editorial_user_change", args=(user.pk,))
