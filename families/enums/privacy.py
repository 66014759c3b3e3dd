"""States of what is done with personal data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CopyState(models.TextChoices):
    """Where a copy of somebody's data is."""

    WAITING = "waiting", _("Being made")
    READY = "ready", _("Ready")
    REMOVED = "removed", _("Removed")


class ErasureKind(models.TextChoices):
    """What a run does."""

    TRIAL = "trial", _("Dry run")
    REAL = "real", _("Erasure")
    REMINDER = "reminder", _("Monthly count")


class ErasureStatus(models.TextChoices):
    """Where the request of a family to be erased is."""

    ASKED = "asked", _("To decide")
    ACCEPTED = "accepted", _("Being erased")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")
    DONE = "done", _("Erased")


class RunState(models.TextChoices):
    """Where a run is."""

    WAITING = "waiting", _("Being made")
    DONE = "done", _("Done")
