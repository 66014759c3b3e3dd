"""What billing's documents add to the town's letterhead: the régie and its notice."""

from billing.models import Regie
from families.services.letterhead import letterhead, paper
from foundation.documents import Town

__all__ = ["legal_lines", "letterhead_of", "paper"]


def letterhead_of(regie: Regie) -> Town:
    """Return the town's letterhead with the régie's address."""
    return letterhead(regie.address)


def legal_lines(regie: Regie) -> list[str]:
    """Return the notice of the régie, one line each."""
    return [line.strip() for line in regie.legal_notice.splitlines() if line.strip()]
