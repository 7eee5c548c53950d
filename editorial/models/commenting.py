"""What colleagues said of a text: each comment, and each act on one, written once."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.write_once import WrittenOnce
from editorial.models.summary import Summary


class Field(models.TextChoices):
    """What a comment is about: one of the two texts, or both as a whole."""

    TEXT = "text", "the text as a whole"
    SHORT_ANSWER = "short_answer", "short answer"
    BODY = "body", "body"


class ActKind(models.TextChoices):
    ANSWERED = "answered", "answered"
    RESOLVED = "resolved", "resolved"
    REOPENED = "reopened", "reopened"
    ADOPTED = "adopted", "used these words"


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )


class Comment(WrittenOnce):
    """A remark on a passage, which is told by its words and by those around it.

    The quote is as it stood in the source of the revision that was seen; it is empty
    where the remark is about all of its field.
    """

    summary = models.ForeignKey(
        Summary, on_delete=models.PROTECT, related_name="comments"
    )
    revision_seen = models.PositiveIntegerField()
    field = models.CharField(max_length=12, choices=Field)
    quote = models.TextField(blank=True)
    prefix = models.TextField("words before the quote", blank=True)
    suffix = models.TextField("words after the quote", blank=True)
    blocking = models.BooleanField()
    words = models.TextField()
    suggestion = models.TextField("words proposed in its place", blank=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="comment_field_is_known", condition=Q(field__in=Field.values)
            ),
            models.CheckConstraint(
                name="a_suggestion_replaces_a_quote",
                condition=Q(suggestion="") | ~Q(quote=""),
            ),
        )

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.summary}"


class CommentAct(WrittenOnce):
    """What was done with a comment: an answer, its end, its return, its words used.

    `revision` is that of the summary as it stood just after the act.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="acts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=ActKind)
    words = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    by = _person()
    at = models.DateTimeField()

    class Meta:
        ordering = ("comment", "number")
        constraints = (
            models.UniqueConstraint(
                name="acts_on_a_comment_are_numbered", fields=("comment", "number")
            ),
            models.CheckConstraint(
                name="act_on_a_comment_is_known", condition=Q(kind__in=ActKind.values)
            ),
        )

    def __str__(self) -> str:
        return f"{self.by} {self.get_kind_display()} {self.comment}"
