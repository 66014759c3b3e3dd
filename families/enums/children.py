"""Words of the child's file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class HealthMeasure(TextChoices):
    """What is done for a child, never why: the closed list of the health sheet."""

    NO_NUTS = "no_nuts", _("No nuts and no peanuts")
    NO_MILK = "no_milk", _("No milk and no cheese")
    NO_EGG = "no_egg", _("No egg")
    NO_GLUTEN = "no_gluten", _("No gluten")
    NO_FISH = "no_fish", _("No fish and no shellfish")
    NO_SESAME = "no_sesame", _("No sesame")
    OWN_MEAL = "own_meal", _("Eats a meal brought from home")
    STINGS = "stings", _("Act at once after an insect sting")
    KIT_AT_HAND = "kit_at_hand", _("Emergency kit always near the child")
    NO_LATEX = "no_latex", _("No latex gloves nor balloons")


class Vaccinations(TextChoices):
    """Whether the compulsory vaccinations are done; a certificate is not named."""

    UP_TO_DATE = "yes", _("Yes, up to date")
    NOT_YET = "no", _("Not yet")
    CERTIFICATE = "certificate", _("No: a doctor's certificate says so")


class Aid(TextChoices):
    """What a child wears, so that nothing gets lost or broken."""

    GLASSES = "glasses", _("Glasses")
    DENTAL = "dental", _("Dental appliance")
    HEARING = "hearing", _("Hearing aid")


CLASS_LABELS = dict(SchoolClass.choices + QuebecClass.choices)
