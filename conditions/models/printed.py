"""Finished answers, ready to be sent; only `conditions.press` writes its rows."""

from django.db import models


class Printed(models.Model):
    """What one public address answers with, so that a reader costs one SELECT.

    Made again from the editions at any time, and worth nothing without its code: a row
    that somebody altered is not served. `wanted` counts what made a new printing
    necessary, and a row is served while it is the printing that is wanted. One without
    a body was never printed yet.
    """

    address = models.CharField(max_length=300, primary_key=True)
    # Its id and no key: what can be made again at any time keeps no other row.
    page = models.PositiveBigIntegerField(null=True, db_index=True)
    wanted = models.PositiveIntegerField(default=0)
    printing = models.PositiveIntegerField(null=True)
    # The live edition of the page when it was printed: none while it is withdrawn.
    live = models.PositiveBigIntegerField(null=True)
    true_until = models.PositiveBigIntegerField(null=True)  # seconds since 1970
    imprint = models.CharField(max_length=16, blank=True)
    head = models.TextField(blank=True)  # as `sheets.Head` writes it
    code = models.CharField(max_length=73, blank=True)  # a key's id, and 64 digits
    body = models.BinaryField(default=b"")  # gzip
    # When readers met a row that was not as printed, until the newsroom's log has it.
    altered_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.address
