"""One record out of two that are the same family, adult or child."""

from families.services.merging.children import merge_children
from families.services.merging.errors import MergeRefusedError
from families.services.merging.households import merge_households
from families.services.merging.people import merge_people

__all__ = ["MergeRefusedError", "merge_children", "merge_households", "merge_people"]
