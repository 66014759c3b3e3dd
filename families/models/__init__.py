"""Records of the family's file."""

from families.models.access import ClaimCode, CounterVisit, LetterRun
from families.models.authorisations import Authorisation, AuthorisationKind
from families.models.changes import (
    ChangeRequest,
    FileReview,
    FileRules,
    ProposedValue,
)
from families.models.children import Child, ChildMembership, ChildPhoto, MealType
from families.models.contacts import Contact
from families.models.custody import Custody
from families.models.health import HealthSheet
from families.models.households import Following, Guardian, Household, Person
from families.models.imports import FamilyImport, ImportFile
from families.models.invitations import Invitation, InvitationLink
from families.models.linking import FileLink, FileRequest, FileRequestMember
from families.models.privacy import (
    DataCopy,
    ErasureRequest,
    ErasureRun,
    RetentionPeriod,
)
from families.models.promotions import PromotedChild, Promotion
from families.models.proofs import Document, Proof, ProofType
from families.models.seals import DocumentSeal
from families.models.search import Distinct, SearchEntry
from families.models.sign_up import SignUpLink
from families.models.standing import QuotientRecord, RegimeRecord, ResidenceRecord
from families.models.terms import Terms, TermsAcceptance, terms_due

__all__ = [
    "Authorisation",
    "AuthorisationKind",
    "ChangeRequest",
    "Child",
    "ChildMembership",
    "ChildPhoto",
    "ClaimCode",
    "Contact",
    "CounterVisit",
    "Custody",
    "DataCopy",
    "Distinct",
    "Document",
    "DocumentSeal",
    "ErasureRequest",
    "ErasureRun",
    "FamilyImport",
    "FileLink",
    "FileRequest",
    "FileRequestMember",
    "FileReview",
    "FileRules",
    "Following",
    "Guardian",
    "HealthSheet",
    "Household",
    "ImportFile",
    "Invitation",
    "InvitationLink",
    "LetterRun",
    "MealType",
    "Person",
    "PromotedChild",
    "Promotion",
    "Proof",
    "ProofType",
    "ProposedValue",
    "QuotientRecord",
    "RegimeRecord",
    "ResidenceRecord",
    "RetentionPeriod",
    "SearchEntry",
    "SignUpLink",
    "Terms",
    "TermsAcceptance",
    "terms_due",
]
