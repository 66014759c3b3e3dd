"""Words of the family's file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Civility(TextChoices):
    """How a person is addressed."""

    MADAM = "madam", _("Mrs")
    SIR = "sir", _("Mr")
    NONE = "none", _("No title")


class GuardianRole(TextChoices):
    """Place of an adult in a household."""

    RESPONSIBLE = "responsible", _("Responsible")
    CO_RESPONSIBLE = "co_responsible", _("Co-responsible")


class Residence(TextChoices):
    """Link between a household and the town, as the law allows prices to see it."""

    RESIDENT = "resident", _("Lives in the town")
    WORKS_HERE = "works_here", _("Works in the town")
    SCHOOLED_HERE = "schooled_here", _("Schooled in the town")
    OUTSIDE = "outside", _("Outside the town")


class ProofKind(TextChoices):
    """What is handed in."""

    FILE = "file", pgettext_lazy("document", "File")
    TEXT = "text", _("Text")
    IBAN = "iban", _("IBAN")


class ProofSubject(TextChoices):
    """Whom a proof is about."""

    HOUSEHOLD = "household", _("Household")
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


class ProofStatus(TextChoices):
    """The life of a proof."""

    SUBMITTED = "submitted", _("Waiting for review")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Replaced")


class SchoolClass(TextChoices):
    """Classes of French schools, in order; a town's rules name them by code."""

    TPS = "tps", _("Toddlers (TPS)")
    PS = "ps", _("Nursery, first year (PS)")
    MS = "ms", _("Nursery, second year (MS)")
    GS = "gs", _("Nursery, third year (GS)")
    CP = "cp", _("CP")
    CE1 = "ce1", _("CE1")
    CE2 = "ce2", _("CE2")
    CM1 = "cm1", _("CM1")
    CM2 = "cm2", _("CM2")
    SIXIEME = "6e", _("6e")
    CINQUIEME = "5e", _("5e")
    QUATRIEME = "4e", _("4e")
    TROISIEME = "3e", _("3e")
    LYCEE = "lycee", _("Upper secondary school")


class QuebecClass(TextChoices):
    """Classes of the schools of Québec, in order."""

    MATERNELLE_4 = "mat4", _("Kindergarten, 4 years")
    MATERNELLE_5 = "mat5", _("Kindergarten, 5 years")
    PRIMAIRE_1 = "p1", _("Elementary 1")
    PRIMAIRE_2 = "p2", _("Elementary 2")
    PRIMAIRE_3 = "p3", _("Elementary 3")
    PRIMAIRE_4 = "p4", _("Elementary 4")
    PRIMAIRE_5 = "p5", _("Elementary 5")
    PRIMAIRE_6 = "p6", _("Elementary 6")
    SECONDAIRE = "sec", _("Secondary school")


CLASS_LABELS = dict(SchoolClass.choices + QuebecClass.choices)
