"""The table of Django's database cache, as a model so that migrations make it.

In the town's own schema: throttles and cached fragments of a town leave with it.
"""

from django.db import models


class CacheEntry(models.Model):
    """One cached value; columns are those DatabaseCache expects."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "preau_cache"

    def __str__(self) -> str:
        return self.cache_key
