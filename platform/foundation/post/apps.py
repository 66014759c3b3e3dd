"""Outgoing mail: a row with the decision, delivered once by the worker."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """One outbox per schema."""

    name = "foundation.post"
    label = "post"
