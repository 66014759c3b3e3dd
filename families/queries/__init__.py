"""Reads of the family's file. Nothing of another household is ever returned."""

from families.queries.households import (
    addresses_of,
    child_rank,
    child_ranks,
    children_of,
    communes_at,
    find_guardian,
    find_person,
    get_child,
    get_document,
    household_of,
    proofs_of,
    quotient_on,
    residence_on,
    standing_on,
    standings_of,
)

__all__ = [
    "addresses_of",
    "child_rank",
    "child_ranks",
    "children_of",
    "communes_at",
    "find_guardian",
    "find_person",
    "get_child",
    "get_document",
    "household_of",
    "proofs_of",
    "quotient_on",
    "residence_on",
    "standing_on",
    "standings_of",
]
