"""The journal: every decision, who took it, when, and why."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """One journal per schema."""

    name = "foundation.journal"
    label = "journal"
