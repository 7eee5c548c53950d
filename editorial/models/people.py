"""The people of the newsroom, and which of them signs as which public reviewer."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from conditions.models import Reviewer
from conditions.write_once import History, Recorded


class User(AbstractUser):
    """An account. Never deleted: their names stand in history; deactivate instead."""

    @property
    def printed_name(self) -> str:
        """The name that readers see when this person wrote a text."""
        return self.get_full_name() or self.username


class ReviewerAccount(Recorded):
    """Which user signs as which reviewer, verified by whom and until when."""

    user = models.OneToOneField(
        User, on_delete=models.PROTECT, related_name="reviewer_account"
    )
    reviewer = models.OneToOneField(
        Reviewer, on_delete=models.PROTECT, related_name="+"
    )
    verified_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField("valid until", null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = "credential"
        constraints = (
            models.CheckConstraint(
                name="nobody_verifies_their_own_credential",
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("user")),
                violation_error_message="Nobody verifies their own credential.",
            ),
            models.CheckConstraint(
                name="a_verified_credential_says_by_whom_and_until_when",
                condition=Q(verified_at__isnull=True)
                | Q(verified_by__isnull=False, expires_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} signs as {self.reviewer}"

    def may_sign_on(self, day: date) -> bool:
        """Say whether the credential is verified and holds on that day."""
        return bool(self.verified_at and self.expires_on and day <= self.expires_on)
