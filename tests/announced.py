"""What the worker mails of what was done, by the real announcing."""

from editorial import announcing
from editorial.models import Mail


def told():
    """What the next round mails: (kind, username) of each, in order."""
    before = set(Mail.objects.values_list("pk", flat=True))
    list(announcing.tell())
    rows = Mail.objects.exclude(pk__in=before)
    return sorted(rows.values_list("kind", "to__username"))
