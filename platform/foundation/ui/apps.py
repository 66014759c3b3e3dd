from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags and widgets; no tables."""

    name = "foundation.ui"
    label = "ui"
