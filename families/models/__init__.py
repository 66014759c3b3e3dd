"""Records of the family's file."""

from families.models.access import ClaimCode, CounterVisit, LetterRun
from families.models.children import Child, ChildMembership
from families.models.custody import Custody
from families.models.households import Following, Guardian, Household, Person
from families.models.invitations import Invitation, InvitationLink
from families.models.linking import FileLink, FileRequest, FileRequestMember
from families.models.proofs import Document, Proof, ProofType
from families.models.search import Distinct, SearchEntry
from families.models.sign_up import SignUpLink
from families.models.standing import QuotientRecord, ResidenceRecord
from families.models.terms import Terms, TermsAcceptance, terms_due

__all__ = [
    "Child",
    "ChildMembership",
    "ClaimCode",
    "CounterVisit",
    "Custody",
    "Distinct",
    "Document",
    "FileLink",
    "FileRequest",
    "FileRequestMember",
    "Following",
    "Guardian",
    "Household",
    "Invitation",
    "InvitationLink",
    "LetterRun",
    "Person",
    "Proof",
    "ProofType",
    "QuotientRecord",
    "ResidenceRecord",
    "SearchEntry",
    "SignUpLink",
    "Terms",
    "TermsAcceptance",
    "terms_due",
]
