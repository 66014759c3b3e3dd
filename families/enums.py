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


class QuotientKind(TextChoices):
    """Who worked a family quotient out."""

    CAF = "caf", _("CAF")
    MSA = "msa", _("MSA")
    TAX = "tax", _("Worked out from the tax notice")
    NONE = "none", _("Not said")


class InvitationKind(TextChoices):
    """What an adult is invited to."""

    CO_RESPONSIBLE = "co_responsible", _("Answer for the household too")
    OTHER_PARENT = "other_parent", _("Share the file of a child")


class InvitationStatus(TextChoices):
    """The life of an invitation."""

    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CustodyPattern(TextChoices):
    """How a child's days are shared."""

    ALWAYS = "always", _("Always with one household")
    ALTERNATE = "alternate", _("One week out of two")
    WEEKDAYS = "weekdays", _("Given days of the week")


class CustodyStatus(TextChoices):
    """Whether an arrangement counts."""

    PROPOSED = "proposed", _("Waiting for the town")
    DECIDED = "decided", _("In force")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Alike(TextChoices):
    """What may have been entered twice."""

    HOUSEHOLD = "household", _("Family files")
    PERSON = "person", _("Adults")
    CHILD = "child", _("Children")


class FileRequestStatus(TextChoices):
    """The life of a request for a file number."""

    SUBMITTED = "submitted", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


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


class ImportStatus(TextChoices):
    """Life of an import of families."""

    CHECKING = "checking", _("Being checked")
    REFUSED = "refused", _("To correct")
    READY = "ready", _("Ready to be taken")
    APPLYING = "applying", _("Being taken")
    APPLIED = "applied", _("Taken")
    GIVEN_UP = "given_up", _("Given up")


# What the journal's actions about families are called before people.
ACTIONS = {
    "account closed": _("Account closed"),
    "account closed on request": _("Account closed on request"),
    "account linked": _("Account linked to the file"),
    "account opened": _("Account opened by the town"),
    "account reopened": _("Account opened again"),
    "account unlinked": _("Account no longer linked"),
    "adult added": _("Adult added"),
    "adult invited": _("Adult invited"),
    "adult removed": _("Adult taken out of the household"),
    "adult left": _("Adult left the household"),
    "authorisation given": _("Authorisation given"),
    "authorisation refused": _("Authorisation refused"),
    "change accepted": _("Change accepted"),
    "change refused": _("Change refused"),
    "change withdrawn": _("Change taken back"),
    "changes asked": _("Change asked by the family"),
    "child added": _("Child added"),
    "child changed": _("Child changed"),
    "child no longer shared": _("Child no longer shared"),
    "child shared": _("Child shared with another household"),
    "child's file closed": _("Child's file closed to the household"),
    "child's file opened": _("Child's file opened to the household"),
    "classes moved": _("Classes moved up"),
    "classes moved back": _("Classes moved back"),
    "counter visit ended": _("Visit to the counter ended"),
    "counter visit started": _("Visit to the counter started"),
    "credentials chosen": _("User name and password chosen"),
    "credentials sent again": _("User name and password sent again"),
    "custody corrected": _("Custody corrected"),
    "custody ended": _("Custody ended"),
    "custody proposed": _("Custody proposed"),
    "custody refused": _("Custody refused"),
    "custody written": _("Custody written"),
    "document removed": _("Document removed"),
    "documents added": _("Documents added"),
    "e-mail address changed": _("E-mail address changed"),
    "families imported": _("Families imported"),
    "file certified": _("File certified by the family"),
    "file number asked": _("File number asked"),
    "file number given": _("File number given"),
    "file number refused": _("File number refused"),
    "file rules changed": _("Rules of the files changed"),
    "health sheet changed": _("Health sheet changed"),
    "household imported": _("Household imported"),
    "household moved": _("Household moved"),
    "household opened": _("Household opened"),
    "import decided": _("Import decided"),
    "import given up": _("Import given up"),
    "import handed in": _("Import handed in"),
    "insurance changed": _("Insurance changed"),
    "invitation accepted": _("Invitation accepted"),
    "invitation declined": _("Invitation declined"),
    "invitation withdrawn": _("Invitation withdrawn"),
    "letter printed": _("Letter printed"),
    "letters asked": _("Letters asked"),
    "letters downloaded": _("Letters downloaded"),
    "letters made": _("Letters made"),
    "letters removed": _("Letters removed"),
    "person entered at the counter": _("Person entered at the counter"),
    "person merged": _("Person merged with another"),
    "person of child added": _("Person around the child added"),
    "person of child changed": _("Person around the child changed"),
    "person of child removed": _("Person around the child removed"),
    "person signed up": _("Person signed up"),
    "photo added": _("Photo added"),
    "photo removed": _("Photo removed"),
    "proof accepted": _("Proof accepted"),
    "proof refused": _("Proof refused"),
    "proof submitted": _("Proof handed in"),
    "proof withdrawn": _("Proof taken back"),
    "recap printed": _("Recap printed"),
    "responsible named": _("Responsible named"),
    "subscriber code issued": _("Subscriber code issued"),
    "subscriber code revoked": _("Subscriber code revoked"),
    "subscriber code used": _("Subscriber code used"),
    "telephone changed": _("Telephone changed"),
    "terms drafted": _("Terms of use drafted"),
    "terms published": _("Terms of use published"),
}
