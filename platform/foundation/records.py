"""What every record of the product has: an identifier that cannot be guessed."""

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now


class Record(models.Model):
    """A row that a URL may name, by a random identifier known before it is saved."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
