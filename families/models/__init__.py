"""Records of the family's file."""

from families.models.children import Child, ChildMembership
from families.models.households import Following, Guardian, Household, Person
from families.models.linking import FileLink, FileRequest, FileRequestMember
from families.models.proofs import Document, Proof, ProofType
from families.models.search import Distinct, SearchEntry
from families.models.standing import QuotientRecord, ResidenceRecord

__all__ = [
    "Child",
    "ChildMembership",
    "Distinct",
    "Document",
    "Following",
    "FileLink",
    "FileRequest",
    "FileRequestMember",
    "Guardian",
    "Household",
    "Person",
    "Proof",
    "ProofType",
    "QuotientRecord",
    "ResidenceRecord",
    "SearchEntry",
]
