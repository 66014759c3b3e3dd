"""Words of households: adults, residence, quotients, custody."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Civility(TextChoices):
    """How a person is addressed."""

    MADAM = "madam", _("Mrs")
    SIR = "sir", _("Mr")
    NONE = "none", _("No title")


class GuardianRole(TextChoices):
    """Place of an adult in a household."""

    RESPONSIBLE = "responsible", _("Responsible")
    CO_RESPONSIBLE = "co_responsible", _("Co-responsible")


class Filiation(TextChoices):
    """What the adult who leads a household is to a child of it."""

    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    GUARDIAN = "guardian", _("Legal guardian")
    FOSTER = "foster", _("Foster family")
    GRANDPARENT = "grandparent", _("Grandparent")
    OTHER = "other", _("Other")


class Residence(TextChoices):
    """Link between a household and the town, as the law allows prices to see it."""

    RESIDENT = "resident", _("Lives in the town")
    WORKS_HERE = "works_here", _("Works in the town")
    SCHOOLED_HERE = "schooled_here", _("Schooled in the town")
    OUTSIDE = "outside", _("Outside the town")


class QuotientKind(TextChoices):
    """Who worked a family quotient out."""

    CAF = "caf", _("CAF")
    MSA = "msa", _("MSA")
    TAX = "tax", _("Worked out from the tax notice")
    NONE = "none", _("Not said")


class Regime(TextChoices):
    """Who pays the family allowances of a household."""

    CAF = "caf", _("CAF")
    MSA = "msa", _("MSA")
    NONE = "none", _("Nobody")


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


class SameBy(TextChoices):
    """Why two records look the same."""

    NAME = "name", _("Same name and birth date")
    ALIKE = "alike", _("Names alike, same birth date")
    EMAIL = "email", _("Same e-mail address")
    PHONE = "phone", _("Same telephone")
    HOME = "home", _("Same name and address")
