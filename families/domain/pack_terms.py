"""The terms of use that a town opens with."""

from foundation.reading import Node
from tenants.domain.packs import Register, Section


def read_terms(root: Node, _register: Register) -> str:
    """Read `terms_of_use`; empty when families accept nothing."""
    return root.text("terms_of_use", required=False, at_most=100_000)


TERMS = Section(("terms_of_use",), read_terms)
