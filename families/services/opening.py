"""Fill the families' part of a town that opens, from its pack."""

from dataclasses import asdict

from families.domain.pack import FILE_RULES, PROOF_TYPES
from families.models import ProofType
from families.services.child_lists import fill_child_lists
from families.services.file_rules import fill_file_rules
from tenants.domain.packs import Pack


def fill_families(*, pack: Pack) -> None:
    """Write the types of proof, the lists of the child's file, the rules."""
    ProofType.objects.bulk_create(
        ProofType(**asdict(facts)) for facts in pack.get(PROOF_TYPES)
    )
    fill_child_lists(pack=pack)
    fill_file_rules(pack.get(FILE_RULES))
