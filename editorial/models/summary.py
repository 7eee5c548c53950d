"""The working copy of one answer, and its numbered revisions."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models import LANGUAGE, Condition, Question
from conditions.wording import DRAFTED
from conditions.write_once import History, Recorded
from editorial.states import Status


class Drafting(models.TextChoices):
    PERSON = "person", DRAFTED["person"]
    MACHINE_ASSISTED = "machine_assisted", DRAFTED["machine_assisted"]
    MACHINE_DRAFTED = "machine_drafted", DRAFTED["machine_drafted"]


class Revisions(History):
    """History ordered by the revision's number, so that it survives a wrong clock."""

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        return {
            **super().get_meta_options(model),
            "ordering": ("-revision",),
            "get_latest_by": ("revision",),
            "constraints": (
                models.UniqueConstraint(
                    name="revisions_are_numbered", fields=("id", "revision")
                ),
            ),
            # When a summary came into its state is asked of every one in a queue; what
            # was decided in a year, by the reports; who wrote, by a filter.
            "indexes": (
                models.Index(
                    name="texts_by_writer",
                    fields=("history_user", "wrote_text", "move", "id"),
                ),
                models.Index(
                    name="moves_by_day",
                    fields=("move", "history_date", "id", "revision"),
                ),
                models.Index(
                    name="moves_of_a_summary",
                    fields=("id", "revision", "move", "history_date"),
                ),
            ),
        }


class Summary(Recorded):
    """A draft until a medical reviewer signs it off. Only `workflow` writes one."""

    # What django-simple-history reads from a row when it records its save.
    _history_user: models.Model
    _history_date: datetime
    _change_reason: str
    # What a move says of itself in its entry of the log, beside its reason.
    _facts: Mapping[str, Any] = MappingProxyType({})
    # Its columns when `note_columns` was called last.
    _noted: Mapping[str, Any] = MappingProxyType({})
    # The log, where the move holds it before its own entry.
    _tree: Any = None

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12, default=LANGUAGE)
    short_answer = models.TextField(blank=True)
    body = models.TextField(blank=True)
    evidence_searched_on = models.DateField(
        "evidence searched to", null=True, blank=True
    )
    drafting = models.CharField(
        "how it was drafted",
        max_length=16,
        choices=Drafting,
        default=Drafting.PERSON,
    )
    drafting_note = models.CharField(max_length=300, blank=True)
    status = models.CharField(
        "state", max_length=17, choices=Status, default=Status.DRAFT
    )
    set_aside = models.BooleanField(default=False)
    assigned_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Empty: whoever wrote it writes on. Steers queues alone, as the reviewer above.
    assigned_writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # The day by which whoever asked for the review would like to have it.
    review_wanted_by = models.DateField(null=True, blank=True)
    publish_not_before = models.DateTimeField(null=True, blank=True)
    move = models.CharField("the move that wrote this revision", max_length=20)
    wrote_text = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    # Every save pays for each index of its history: what asks it has its own, above.
    history = Revisions(
        no_db_index=[
            *("id", "condition", "question", "assigned_reviewer", "assigned_writer"),
            *("history_user", "history_date"),
        ]
    )

    class Meta:
        verbose_name_plural = "summaries"
        # What the queues ask of a state, so that no text is read to count them.
        indexes = (
            models.Index(
                name="summaries_by_state",
                fields=(
                    *("status", "set_aside", "assigned_reviewer", "assigned_writer"),
                    *("condition", "question", "language"),
                ),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                name="one_summary_an_answer",
                fields=("condition", "question", "language"),
            ),
            models.CheckConstraint(
                name="summary_state_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="summary_drafting_is_known",
                condition=Q(drafting__in=Drafting.values),
            ),
            models.CheckConstraint(
                name="summary_language_is_default", condition=Q(language=LANGUAGE)
            ),
            models.CheckConstraint(
                name="revisions_begin_at_1", condition=Q(revision__gte=1)
            ),
            models.CheckConstraint(
                name="only_a_draft_is_set_aside",
                condition=Q(set_aside=False) | Q(status=Status.DRAFT),
            ),
        )

    def __str__(self) -> str:
        return self.question.asked_of(self.condition)

    def note_columns(self) -> None:
        """Note the columns that may change as those of a row that was just read."""
        self._noted = self._columns()

    def changed(self) -> list[str]:
        """Return the columns that differ from what was noted; all, where nothing was.

        An UPDATE that names a key column locks the row harder on PostgreSQL: whoever
        commits a record that refers to it would wait, with the log held. On SQLite one
        writes each index anew of which it names a column.
        """
        now, before = self._columns(), self._noted
        return [name for name in now if now[name] != before.get(name, ...)]

    def _columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _CHANGING}


# All but what makes a summary this one.
_CHANGING = [
    field.attname
    for field in Summary._meta.concrete_fields
    if field.name not in ("id", "condition", "question", "language")
]
