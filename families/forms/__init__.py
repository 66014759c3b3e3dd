"""Forms of the family's file."""

from families.forms.addresses import AddressForm
from families.forms.children import ChildForm, FamilyChildForm, NewChildForm
from families.forms.proofs import ProofForm
from families.forms.sign_up import SignUpForm

__all__ = [
    "AddressForm",
    "ChildForm",
    "FamilyChildForm",
    "NewChildForm",
    "ProofForm",
    "SignUpForm",
]
