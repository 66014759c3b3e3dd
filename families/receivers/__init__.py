"""What families do when something happens elsewhere."""

from families.receivers import accounts, home, opening, tracking

__all__ = ["accounts", "home", "opening", "tracking"]
