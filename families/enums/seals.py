"""Words of the signed codes printed on official papers (2D-Doc)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SealState(TextChoices):
    """What reading a document for its signed code gave."""

    AUTHENTIC = "authentic", _("Authentic")
    ALTERED = "altered", _("Altered")
    UNKNOWN_ISSUER = "unknown_issuer", _("Unknown issuer")
    CERTIFICATE_EXPIRED = "expired", _("Certificate not valid on that day")
    UNREADABLE = "unreadable", _("Code that cannot be read")
    ABSENT = "absent", _("No signed code")
