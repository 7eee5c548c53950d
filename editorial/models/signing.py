"""What was signed, what was refused, what waits for its hour, and texts that lost."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from conditions.models import Edition
from conditions.wording import CHANGES
from conditions.write_once import WrittenOnce
from editorial.models.summary import Summary


class ChangeType(models.TextChoices):
    FIRST_EDITION = "first_edition", CHANGES["first_edition"]
    NO_CHANGE = "no_change", CHANGES["no_change"]
    NEW_EVIDENCE = "new_evidence", CHANGES["new_evidence"]
    CORRECTION = "correction", CHANGES["correction"]
    WORDING = "wording", CHANGES["wording"]


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )


class SignOff(WrittenOnce):
    """A reviewer's electronic signature on one exact text, in one round of review."""

    summary = models.ForeignKey(
        Summary, on_delete=models.PROTECT, related_name="sign_offs"
    )
    edition_number = models.PositiveIntegerField()
    revision_read = models.ForeignKey(
        "editorial.HistoricalSummary", on_delete=models.PROTECT, related_name="+"
    )
    signer = _person()
    content_sha256 = models.CharField(max_length=64)
    signature = models.TextField(help_text="As it goes into the edition's record.")
    signed_at = models.DateTimeField()
    change_type = models.CharField(max_length=13, choices=ChangeType)
    note = models.TextField("what changed, for readers")
    review_due_on = models.DateField("next review due")
    root = models.CharField("root of the log before it", max_length=64, blank=True)
    # By the rules of that day; none where no statement of the text was to lapse.
    lapses_on = models.DateField("first statement lapses", null=True, blank=True)

    class Meta:
        ordering = ("summary", "edition_number", "pk")
        indexes = (
            models.Index(name="sign_offs_by_day_due", fields=["review_due_on"]),
            models.Index(name="sign_offs_by_first_lapse", fields=["lapses_on"]),
        )
        constraints = (
            models.UniqueConstraint(
                name="one_signature_a_signer_and_text",
                fields=(
                    *("summary", "edition_number", "content_sha256", "signer"),
                    "revision_read",
                ),
            ),
            models.CheckConstraint(
                name="signed_edition_numbers_begin_at_1",
                condition=Q(edition_number__gte=1),
            ),
            models.CheckConstraint(
                name="change_type_is_known",
                condition=Q(change_type__in=ChangeType.values),
            ),
        )

    def __str__(self) -> str:
        return f"{self.signer} on edition {self.edition_number} of {self.summary}"


class RefusedSigning(WrittenOnce):
    """An attempt to sign that was refused, and why."""

    summary = models.ForeignKey(
        Summary, on_delete=models.PROTECT, related_name="refused_signings"
    )
    by = _person()
    at = models.DateTimeField()
    reason = models.TextField()
    wrong_password = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.by} at {self.at}: {self.reason}"


class Reading(WrittenOnce):
    """Which passages a reviewer ticked as read, in one act: of exact words each.

    Written once, since nobody can have not read what they read.
    """

    summary = models.ForeignKey(
        Summary, on_delete=models.PROTECT, related_name="readings"
    )
    by = _person()
    at = models.DateTimeField()
    passages = models.TextField(help_text="The SHA-256 of each change, a line each.")

    def __str__(self) -> str:
        return f"{self.by} at {self.at}: {len(self.passages.split())} passages"


class SigningAttempt(models.Model):
    """A password or code that is being checked, or was wrong; right ones leave none.

    Written before the check, so that guesses made at once count each other.
    """

    by = _person()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.by} at {self.at}"


class WrittenReason(WrittenOnce):
    """Why a text goes on as it is, written against one finding of preflight.

    It stands while the same check finds the same words in the same passage.
    """

    summary = models.ForeignKey(
        Summary, on_delete=models.PROTECT, related_name="written_reasons"
    )
    revision = models.PositiveIntegerField()
    code = models.CharField(max_length=16)
    field = models.CharField("where it stood", max_length=16)
    words = models.TextField("words at fault", blank=True)
    passage = models.TextField(help_text="The sentence or the field that they are in.")
    message = models.TextField("what preflight said")
    reason = models.TextField()
    by = _person()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by} on {self.code} in {self.summary}: {self.reason}"

    @property
    def what(self) -> str:
        """What stays, for the middle of a sentence: words, or the field."""
        if self.words:
            return f"“{Truncator(self.words).chars(60)}”"
        return f"the {self.field.replace('_', ' ')}"


class Schedule(models.Model):
    """When a signed edition becomes public, and on whose word."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+")
    publish_at = models.DateTimeField()
    set_by = _person()
    failure = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.edition} at {self.publish_at}"


class AlteredEdition(models.Model):
    """A live edition that was found not to be as it was signed."""

    # Its id and no key: what the worker finds anew at any time keeps no other row.
    edition = models.PositiveBigIntegerField(unique=True)
    found_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"edition {self.edition}, found altered at {self.found_at}"


class LostText(WrittenOnce):
    """A text that was typed against an older revision; kept to be merged."""

    summary = models.ForeignKey(
        Summary, on_delete=models.PROTECT, related_name="lost_texts"
    )
    by = _person()
    against_revision = models.PositiveIntegerField()
    short_answer = models.TextField(blank=True)
    body = models.TextField(blank=True)
    evidence_searched_on = models.DateField(null=True, blank=True)
    drafting = models.CharField(max_length=16)
    drafting_note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by}’s text of {self.at} for {self.summary}"
