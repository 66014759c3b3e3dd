"""What was already done for a form."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class CompletedForm(models.Model):
    """A form that had its effect, and the page that tells so."""

    key = models.UUIDField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    purpose = models.CharField(max_length=60)
    request_hash = models.CharField(max_length=64)
    location = models.CharField(max_length=500)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account", "key", "purpose"], name="a_form_has_one_effect"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.key}"
