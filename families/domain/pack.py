"""The types of proof of a pack: what the town may ask families for."""

from dataclasses import dataclass
from datetime import date

from families.enums import ProofKind, ProofSubject, ProofValidity, Proves
from foundation.reading import Node
from tenants.domain.packs import Register, Section

PROOF_TYPES_DECLARED = "proof_types"


@dataclass(frozen=True, slots=True)
class ProofTypeFacts:
    """A type of proof; the names are those of the record's fields."""

    code: str
    name: str
    kind: str
    subject: str
    help_text: str
    validity: str
    validity_months: int | None
    valid_until: date | None
    proves: str


def read_proof_types(root: Node, register: Register) -> tuple[ProofTypeFacts, ...]:
    """Read `proof_types`."""
    return tuple(
        _read_proof_type(node, register)
        for node in root.children("proof_types", required=False)
    )


def _read_proof_type(node: Node, register: Register) -> ProofTypeFacts:
    validity = node.choice("validity", ProofValidity.values)
    # Months and the date are asked for by one kind of validity each.
    months = (
        node.integer("months", at_least=1, at_most=120)
        if validity == ProofValidity.MONTHS
        else None
    )
    until = node.day("until") if validity == ProofValidity.FIXED_DATE else None
    if validity is None:
        node.pass_over("months", "until")
    facts = ProofTypeFacts(
        code=register.declare(PROOF_TYPES_DECLARED, node),
        name=node.text("name", at_most=120),
        kind=node.choice("kind", ProofKind.values, required=False) or ProofKind.FILE,
        subject=node.choice("subject", ProofSubject.values, required=False)
        or ProofSubject.HOUSEHOLD,
        help_text=node.text("help_text", required=False),
        validity=validity or "",
        validity_months=months,
        valid_until=until,
        proves=node.choice("proves", Proves.values, required=False) or Proves.NOTHING,
    )
    node.close()
    return facts


PROOF_TYPES = Section(("proof_types",), read_proof_types)
