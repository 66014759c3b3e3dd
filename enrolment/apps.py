"""The promise: access requests, bookings, attendance."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnrolmentConfig(AppConfig):
    """Lives in every town's schema."""

    name = "enrolment"
    verbose_name = _("Enrolment")
