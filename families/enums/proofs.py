"""Words of proofs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class ProofKind(TextChoices):
    """What is handed in."""

    FILE = "file", pgettext_lazy("document", "File")
    TEXT = "text", _("Text")
    IBAN = "iban", _("IBAN")
    BIC = "bic", _("BIC")
    FORM = "form", _("Form to fill in here")
    MANDATE = "mandate", _("Direct debit mandate signed here")


class ProofSubject(TextChoices):
    """Whom a proof is about."""

    HOUSEHOLD = "household", _("Household")
    ADULT = "adult", _("Adult")
    CHILD = "child", _("Child")


class ProofValidity(TextChoices):
    """How long an accepted proof counts."""

    MONTHS = "months", _("A number of months")
    FIXED_DATE = "fixed_date", _("Until a date")
    SCHOOL_YEAR = "school_year", _("Until the end of the school year")
    UNLIMITED = "unlimited", _("Without limit")


class Proves(TextChoices):
    """What accepting the proof establishes."""

    NOTHING = "nothing", _("Nothing more than itself")
    RESIDENCE = "residence", _("Residence")
    QUOTIENT = "quotient", _("Family quotient")
    CARE_PLAN = "care_plan", _("Individual care plan (PAI)")
    ABSENCE = "absence", _("Reason of an absence")


class ProofStatus(TextChoices):
    """The life of a proof."""

    SUBMITTED = "submitted", _("Waiting for review")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Replaced")
