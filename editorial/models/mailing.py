"""What the desk mailed to whom, what each person wants told, when the worker ran."""

from django.conf import settings
from django.db import models


class Kind(models.TextChoices):
    """What a mail tells of; each person may do without any of them."""

    SUBMITTED = "submitted", "A text waits for a review that I could do"
    ASSIGNED = "assigned", "A text or a review is given to me"
    CHANGES_REQUESTED = "changes_requested", "A text of mine is sent back"
    COMMENTED = "commented", "Somebody comments on a text of mine"
    ANSWERED = "answered", "A comment of mine is answered, resolved or used"
    SIGNED = "signed", "A text is signed, and waits to be published"
    PUBLISHED = "published", "A text that I wrote or signed goes live"
    NOT_PUBLISHED = "not_published", "A text is not published at the time set for it"
    WITHDRAWN = "withdrawn", "A page that I wrote, signed or look after is withdrawn"
    LATE = "late", "A review is not done by the day it is wanted, each week"
    DUE = "due", "Pages that I signed come due for their next review, each week"
    OVERDUE = "overdue", "Pages are overdue for their next review, each week"


class Digest(models.TextChoices):
    DAILY = "daily", "Each day on which something waits"
    WEEKLY = "weekly", "Each week in which something waits"
    NEVER = "never", "Never"


class MailChoice(models.Model):
    """What one person wants mailed; who has none is told of all, and each week."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    without = models.JSONField("kinds to do without", default=list)
    digest = models.CharField(max_length=6, choices=Digest, default=Digest.WEEKLY)

    def __str__(self) -> str:
        return f"what is mailed to {self.user}"


class Mail(models.Model):
    """One mail to one person; its words, its tries and its outcome are the library's.

    `kind` is one above, or the name of a mail about an account. Of one `occasion`
    nobody is told twice.
    """

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=24)
    occasion = models.CharField(max_length=255)
    at = models.DateTimeField(db_index=True)
    email = models.OneToOneField(
        "post_office.Email", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="told_once_of_an_occasion", fields=("to", "occasion")
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.to} at {self.at}"


class Job(models.Model):
    """A part of the worker's rounds: when it was last done, and how far it came."""

    name = models.CharField(max_length=24, primary_key=True)
    ran_at = models.DateTimeField(null=True, blank=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
