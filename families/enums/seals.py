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


#: Papers that families hand in, by the type that their code carries.
PAPERS = {
    "00": _("Proof of address"),
    "01": _("Invoice"),
    "02": _("Housing tax notice"),
    "03": _("Bank details"),
    "04": _("Income tax notice"),
    "05": _("Bank details"),
    "06": _("Payslip"),
    "07": _("Identity document"),
    "18": _("Income tax declaration"),
    "24": _("Income tax declaration"),
    "27": _("Income tax declaration"),
    "28": _("Income tax notice"),
}
