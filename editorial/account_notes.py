"""What was done to an account: entered in Django's log of the admin, and in ours."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet

from editorial import log
from editorial.models import User


def enter(
    user: User,
    words: str,
    *,
    by: User,
    flag: int = CHANGE,
    facts: dict[str, Any] | None = None,
) -> None:
    """Write down what was done to an account, and by whom; facts are of its rights."""
    with transaction.atomic():
        LogEntry.objects.log_actions(by.pk, [user], flag, words, single_object=True)
        log.enter("account", by=by, about=user, words=words, **(facts or {}))


def of(user: User) -> QuerySet[LogEntry]:
    """Return what was done to an account, the newest first."""
    rows = LogEntry.objects.filter(
        content_type__app_label=User._meta.app_label,
        content_type__model=User._meta.model_name,
        object_id=str(user.pk),
    )
    return rows.select_related("user").order_by("-pk")
