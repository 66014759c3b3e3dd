"""What families do when something happens elsewhere."""

from families.receivers import accounts, home, opening

__all__ = ["accounts", "home", "opening"]
