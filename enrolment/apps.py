"""The promise: access requests, bookings, attendance."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnrolmentConfig(AppConfig):
    """Lives in every town's schema."""

    name = "enrolment"
    verbose_name = _("Enrolment")

    def ready(self) -> None:
        """Answer what other applications ask and tell."""
        from enrolment import receivers  # noqa: F401, PLC0415 - models load first.
