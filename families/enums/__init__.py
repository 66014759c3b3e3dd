"""Words of the family's file."""

from families.enums.actions import ACTIONS
from families.enums.changes import (
    AnswerUnit,
    ChangeStatus,
)
from families.enums.children import (
    CLASS_LABELS,
    Aid,
    HealthMeasure,
    QuebecClass,
    SchoolClass,
    Vaccinations,
)
from families.enums.households import (
    Alike,
    Civility,
    CustodyPattern,
    CustodyStatus,
    Filiation,
    GuardianRole,
    InvitationKind,
    InvitationStatus,
    QuotientKind,
    Regime,
    Residence,
    SameBy,
)
from families.enums.proofs import (
    ProofKind,
    ProofStatus,
    ProofSubject,
    ProofValidity,
    Proves,
)
from families.enums.ways_in import (
    FileRequestStatus,
    ImportStatus,
    LettersState,
    VisitEnd,
)

__all__ = [
    "ACTIONS",
    "CLASS_LABELS",
    "Aid",
    "Alike",
    "AnswerUnit",
    "ChangeStatus",
    "Civility",
    "CustodyPattern",
    "CustodyStatus",
    "FileRequestStatus",
    "Filiation",
    "GuardianRole",
    "HealthMeasure",
    "ImportStatus",
    "InvitationKind",
    "InvitationStatus",
    "LettersState",
    "ProofKind",
    "ProofStatus",
    "ProofSubject",
    "ProofValidity",
    "Proves",
    "QuebecClass",
    "QuotientKind",
    "Regime",
    "Residence",
    "SameBy",
    "SchoolClass",
    "Vaccinations",
    "VisitEnd",
]
