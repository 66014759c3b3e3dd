"""Words of the catalogue."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BillingMode(TextChoices):
    """When a family pays."""

    AFTER_ATTENDANCE = "after_attendance", _("Invoice at the end of the month")
    PREPAID = "prepaid", _("Invoice at the booking")


class ActivityKind(TextChoices):
    """How sessions are booked."""

    DATED = "dated", _("Day by day")
    COURSE = "course", _("Whole course")


class PeriodKind(TextChoices):
    """Periods of the school calendar."""

    SCHOOL_YEAR = "school_year", _("School year")
    HOLIDAY = "holiday", _("Holidays")
