"""Words of what families change."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChangeStatus(TextChoices):
    """The life of a value that a family proposes."""

    WAITING = "waiting", _("Waiting for the town")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Replaced by a later change")


class AnswerUnit(TextChoices):
    """How the time to answer a change is counted."""

    WORKING_HOURS = "working_hours", _("Hours of working days, day and night")
    OFFICE_HOURS = "office_hours", _("Hours when the town hall is open")
