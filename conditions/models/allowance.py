"""Counts of one minute; only `conditions.api.allowance` writes its rows."""

from django.db import models


class Allowance(models.Model):
    """How often one address has asked the API in the minute that ends at `until`.

    `key` is a keyed hash of the address, which cannot be had back from it. A row is
    deleted when its minute is over.
    """

    key = models.CharField(max_length=64, primary_key=True)
    until = models.PositiveBigIntegerField()  # seconds since 1970
    asked = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.asked} until {self.until}"
