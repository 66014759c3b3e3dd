"""One effect per form sent: double clicks and resent pages change nothing."""

from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    """One table per schema."""

    name = "foundation.idempotency"
    label = "idempotency"
