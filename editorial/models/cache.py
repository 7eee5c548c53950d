"""The table behind the cache that all processes share; Django alone writes it."""

from django.db import models


class CacheEntry(models.Model):
    """One cached value: how often somebody tried a password, which code was used."""

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
