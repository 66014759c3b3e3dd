"""Records of the family's file."""

from families.models.children import Child, ChildMembership
from families.models.households import Guardian, Household, Person
from families.models.proofs import Document, Proof, ProofType
from families.models.standing import QuotientRecord, ResidenceRecord

__all__ = [
    "Child",
    "ChildMembership",
    "Document",
    "Guardian",
    "Household",
    "Person",
    "Proof",
    "ProofType",
    "QuotientRecord",
    "ResidenceRecord",
]
