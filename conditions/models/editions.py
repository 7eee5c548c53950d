"""What was signed and what is public: pages, editions, and each act of publication.

Only `editorial.signoff` writes an Edition, only `editorial.log` its Proof; only
`editorial.publishing` writes a Publication or moves a page's live edition.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from conditions import content
from conditions.models.catalogue import Condition, Question
from conditions.saved_often import SavedOften
from conditions.write_once import WithHistory, WrittenOnce

LANGUAGE = "en"


class Page(SavedOften):
    """The public address of condition × question × language; made with edition 1."""

    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, related_name="pages"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="pages"
    )
    language = models.CharField(max_length=12, default=LANGUAGE)
    live_edition = models.OneToOneField(
        "Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WithHistory.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="one_page_an_address", fields=("condition", "question", "language")
            ),
            models.CheckConstraint(
                name="page_language_is_default", condition=Q(language=LANGUAGE)
            ),
        )

    def __str__(self) -> str:
        return f"{self.condition}: {self.question}"

    @property
    def address(self) -> str:
        """The page's path from the root of the site."""
        return f"/conditions/{self.condition.slug}/{self.question.slug}/"


class Edition(WrittenOnce):
    """One signed text of a page: the bytes that are read, and the record of it."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    record = models.TextField()
    record_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("page", "number")
        constraints = (
            models.UniqueConstraint(
                name="editions_of_a_page_are_numbered", fields=("page", "number")
            ),
            models.CheckConstraint(
                name="edition_numbers_begin_at_1", condition=Q(number__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"edition {self.number} of {self.page}"

    def read_content(self) -> dict[str, Any]:
        """Return what is read; raise content.Altered when its hash does not agree."""
        return content.read(self.content, self.content_sha256, content.CONTENT)

    def read_record(self) -> dict[str, Any]:
        """Return the public signature; raise content.Altered when it was altered."""
        record = content.read(self.record, self.record_sha256, content.RECORD)
        if record["content_sha256"] != self.content_sha256:
            raise content.Altered("The record was signed for another text.")
        return record


class Proof(WrittenOnce):
    """What an outsider needs to find an edition in the log of every act.

    RFC 6962: `entry` is leaf `number` of a tree of `size` leaves with that `root`;
    `path` are the hashes from it to the root, 64 digits each, parted by blanks.
    """

    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, related_name="proof"
    )
    entry = models.TextField()
    number = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    path = models.TextField(blank=True)
    root = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.edition} in the log of {self.size} entries"


class PublicationKind(models.TextChoices):
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REINSTATED = "reinstated", "Reinstated"


class Publication(WrittenOnce):
    """The act that made an edition live, withdrew it or put it back."""

    page = models.ForeignKey(
        Page, on_delete=models.PROTECT, related_name="publications"
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=PublicationKind)
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="publications"
    )
    at = models.DateTimeField()
    note = models.TextField("note to readers", blank=True)
    root = models.CharField("root of the log before it", max_length=64, blank=True)

    class Meta:
        ordering = ("page", "number")
        constraints = (
            models.UniqueConstraint(
                name="publications_of_a_page_are_numbered", fields=("page", "number")
            ),
            models.CheckConstraint(
                name="publication_numbers_begin_at_1", condition=Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="publication_kind_is_known",
                condition=Q(kind__in=PublicationKind.values),
            ),
            models.CheckConstraint(
                name="a_withdrawal_has_a_note",
                condition=~Q(kind=PublicationKind.WITHDRAWN) | ~Q(note=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.edition}"
