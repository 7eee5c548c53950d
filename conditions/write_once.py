"""Rows that are written once, and tables whose every write must leave history.

The database refuses the same acts (editorial/guards.py); here the refusal comes with a
sentence, before any SQL is sent.
"""

from typing import Any, NoReturn

from django.db import models
from simple_history.models import HistoricalRecords

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


def _queryset(name: str, why: str) -> type[models.QuerySet]:
    refused = {write: _refusal(write, why) for write in UNRECORDED_WRITES}
    return type(name, (models.QuerySet,), {**refused, "__module__": __name__})


WithHistory = _queryset(
    "WithHistory", "it would leave no history. Save each object by itself."
)
WrittenOnceQuerySet = _queryset(
    "WrittenOnceQuerySet", "these rows are written once and kept."
)


class WrittenOnce(models.Model):
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


class History(HistoricalRecords):
    """History of which every row has its author, who therefore cannot be deleted."""

    def get_extra_fields(self, model: type[models.Model], fields: Any) -> Any:
        extra = super().get_extra_fields(model, fields)
        extra["history_user"].null = False
        extra["history_user"].remote_field.on_delete = models.PROTECT
        return extra
