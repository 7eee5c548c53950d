"""The entries of the log: what was done, by whom, and the hash of what it wrote."""

from django.db import models
from django.db.models import Q

from conditions.write_once import WrittenOnce


class LogEntry(WrittenOnce):
    """One act, as `entry` says it: canonical JSON, and a leaf of the Merkle tree.

    The other columns repeat words of it to be asked for; `verify` compares them.
    `nodes` are the hashes of the subtrees that this leaf completes, itself first.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True, db_index=True)
    row = models.CharField(max_length=80, null=True, blank=True, unique=True)
    entry = models.TextField()
    nodes = models.TextField()

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "log entries"
        constraints = (
            models.CheckConstraint(
                name="log_entries_begin_at_1", condition=Q(number__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.act}"
