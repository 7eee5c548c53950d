"""Rows that are written once, and tables whose every write must leave history.

The database refuses the same acts (editorial/guards.py); here the refusal comes with a
sentence, before any SQL is sent.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import pre_save
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import post_create_historical_record

from conditions.saved_often import SavedOften

UNRECORDED_WRITES = (
    *("update", "aupdate", "bulk_update", "abulk_update"),
    *("bulk_create", "abulk_create", "delete", "adelete", "_raw_delete"),
)


class RefusedWrite(TypeError):
    """A write that would alter a kept row, or leave no history."""


def _refusal(name: str, why: str) -> Any:
    def refused(self: models.QuerySet, *args: Any, **kwargs: Any) -> NoReturn:
        raise RefusedWrite(f"{self.model.__name__}.objects.{name}() is refused: {why}")

    return refused


def _without_unrecorded_writes(why: str) -> Callable[[type], type]:
    def close(queryset: type) -> type:
        for name in UNRECORDED_WRITES:
            setattr(queryset, name, _refusal(name, why))
        return queryset

    return close


@_without_unrecorded_writes("it would leave no history. Save each object by itself.")
class WithHistory(models.QuerySet):
    """The rows of a table whose every write must be recorded."""


@_without_unrecorded_writes("these rows are written once and kept.")
class WrittenOnceQuerySet(models.QuerySet):
    """Rows that are read and made, and nothing else."""


class WrittenOnce(SavedOften):
    """A row that is inserted once and never changed or deleted."""

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row; raise RefusedWrite when it is there already."""
        if not self._state.adding:
            raise RefusedWrite(f"{self._meta.verbose_name} {self.pk} is written once.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise RefusedWrite, always."""
        raise RefusedWrite(f"{self._meta.verbose_name} {self.pk} is kept for ever.")


class Recorded(SavedOften):
    """A row whose every write leaves history: both are written, or neither."""

    newest_history: Any  # what the last save of this object left
    objects = WithHistory.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row with its history, even where nobody began a transaction."""
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise RefusedWrite, always."""
        raise RefusedWrite(f"{self._meta.verbose_name} {self.pk} is kept for ever.")


class HistoryManagerMadeOnce(HistoryManager):
    """The manager behind `history`, whose class was made anew at each look."""

    from_queryset = cache(HistoryManager.from_queryset)


class History(HistoricalRecords):
    """History that no save leaves out, and of which every row has its author.

    Who therefore cannot be deleted.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["history_manager"] = HistoryManagerMadeOnce
        kwargs["bases"] = (SavedOften,)
        super().__init__(*args, **kwargs)

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        super().finalize(sender, **kwargs)
        if sender is self.cls:
            pre_save.connect(_refuse_unrecorded, sender=sender)
            post_create_historical_record.connect(
                _remember, sender=getattr(sender, self.manager_name).model
            )

    def get_extra_fields(self, model: type[models.Model], fields: Any) -> Any:
        extra = super().get_extra_fields(model, fields)
        extra["history_user"].null = False
        extra["history_user"].remote_field.on_delete = models.PROTECT
        for name in {*extra} & {*self.no_db_index}:
            extra[name].db_index = False
        return extra


def _refuse_unrecorded(instance: models.Model, raw: bool, **kwargs: Any) -> None:
    """Refuse each save that django-simple-history would not record; a fixture's too."""
    skipped = hasattr(instance, "skip_history_when_saving")
    if raw or skipped or not getattr(settings, "SIMPLE_HISTORY_ENABLED", True):
        name = instance._meta.verbose_name
        raise RefusedWrite(f"{name} {instance.pk}: this save would leave no history.")


def _remember(
    instance: models.Model, history_instance: models.Model, **kwargs: Any
) -> None:
    instance.newest_history = history_instance  # type: ignore[attr-defined]
