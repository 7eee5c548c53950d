"""What readers report of a page; only `conditions.reports` writes its rows."""

from django.db import models

from conditions.models.editions import Edition


class Report(models.Model):
    """Something that a reader found wrong or unclear in one edition.

    Not kept for ever, since it may tell of somebody's own health: the address, and in
    time the words, are emptied. The row stays, for what was decided names it.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="reports"
    )
    words = models.TextField(blank=True)
    address = models.EmailField("address for an answer", blank=True)
    sent_at = models.DateTimeField(db_index=True)
    # Of the form that it was sent with: pressed twice, it is one report.
    form = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        return f"report {self.pk} of {self.edition}"
