"""What was decided on a reader's report."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models import Report
from conditions.write_once import WrittenOnce


class Decision(models.TextChoices):
    NOT_AN_ERROR = "not_an_error", "Not an error"
    NEXT_REVIEW = "next_review", "Correct at the next review"
    REVISION = "revision", "Start a revision now"
    WITHDRAWAL = "withdrawal", "Withdraw the page now"


class Triage(WrittenOnce):
    """One decision for each report, who made it and why."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=12, choices=Decision)
    reason = models.TextField()
    answer = models.TextField("answer to the reader", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="decision_is_known", condition=Q(decision__in=Decision.values)
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.report}"
