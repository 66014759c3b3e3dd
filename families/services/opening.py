"""Fill the families' part of a town that opens, from its pack."""

from dataclasses import asdict

from families.domain.pack import PROOF_TYPES
from families.models import ProofType
from tenants.domain.packs import Pack


def fill_families(*, pack: Pack) -> None:
    """Write the types of proof."""
    ProofType.objects.bulk_create(
        ProofType(**asdict(facts)) for facts in pack.get(PROOF_TYPES)
    )
