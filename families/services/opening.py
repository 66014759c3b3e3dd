"""Fill the families' part of a town that opens, from its pack."""

from dataclasses import asdict

from families.domain.pack import PROOF_TYPES
from families.models import ProofType
from families.services.child_lists import fill_child_lists
from tenants.domain.packs import Pack


def fill_families(*, pack: Pack) -> None:
    """Write the types of proof, and the lists of the child's file."""
    ProofType.objects.bulk_create(
        ProofType(**asdict(facts)) for facts in pack.get(PROOF_TYPES)
    )
    fill_child_lists(pack=pack)
