"""What families do when something happens elsewhere."""

from families.receivers import (
    accounts,
    changes,
    home,
    opening,
    recaps,
    staff_file,
    tracking,
    ways_in,
)

__all__ = [
    "accounts",
    "changes",
    "home",
    "opening",
    "recaps",
    "staff_file",
    "tracking",
    "ways_in",
]
