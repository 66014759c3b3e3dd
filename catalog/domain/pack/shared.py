"""Places that several activities share: one room, one bus, one team."""

from dataclasses import dataclass

from foundation.reading import Node
from tenants.domain.packs import Register, Section

SHARED_DECLARED = "shared_places"


@dataclass(frozen=True, slots=True)
class SharedFacts:
    """How many children at most, at the same time, in all its activities together."""

    code: str
    name: str
    capacity: int


def read_shared(root: Node, register: Register) -> tuple[SharedFacts, ...]:
    """Read `shared_places`."""
    found = []
    for node in root.children("shared_places", required=False):
        found.append(
            SharedFacts(
                code=register.declare(SHARED_DECLARED, node),
                name=node.text("name", at_most=120),
                capacity=node.integer("capacity", at_least=1, at_most=9999) or 0,
            )
        )
        node.close()
    return tuple(found)


SHARED = Section(("shared_places",), read_shared)
