"""Words of how families come in: letters, counter, requests, imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LettersState(TextChoices):
    """Where the letters of one printing stand."""

    WAITING = "waiting", _("Being made")
    READY = "ready", _("Ready to print")
    REMOVED = "removed", _("Printed and removed")


class VisitEnd(TextChoices):
    """How a visit to the counter ended."""

    FINISHED = "finished", _("Finished by the clerk")
    IDLE = "idle", _("Nothing done for an hour")
    REPLACED = "replaced", _("The clerk went on with another family")
    SIGNED_OUT = "signed_out", _("The clerk signed out")


class FileRequestStatus(TextChoices):
    """The life of a request for a file number."""

    SUBMITTED = "submitted", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class ImportStatus(TextChoices):
    """Life of an import of families."""

    CHECKING = "checking", _("Being checked")
    REFUSED = "refused", _("To correct")
    READY = "ready", _("Ready to be taken")
    APPLYING = "applying", _("Being taken")
    APPLIED = "applied", _("Taken")
    GIVEN_UP = "given_up", _("Given up")
