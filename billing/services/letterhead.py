"""What all our documents start with: the town, its paper, its language."""

from typing import Literal

from billing.models import Regie
from foundation.documents import Town
from tenants.queries import current_town
from tenants.townhall.queries import town_settings

# Towns that print on North American paper.
_LETTER_CURRENCIES = frozenset({"CAD"})


def letterhead_of(regie: Regie) -> Town:
    """Return the town's name, the régie's address and the town's colour."""
    about = town_settings()
    lines = regie.address.splitlines() or about.address.splitlines()
    contact = " · ".join(
        part for part in (about.contact_phone, about.contact_email) if part
    )
    return {
        "name": about.name,
        "lines": [line.strip() for line in [*lines, contact] if line.strip()],
        "accent": about.brand_colour,
    }


def paper() -> Literal["a4", "us-letter"]:
    """Return the paper that printers of the town hold."""
    return "us-letter" if current_town().currency in _LETTER_CURRENCIES else "a4"


def legal_lines(regie: Regie) -> list[str]:
    """Return the notice of the régie, one line each."""
    return [line.strip() for line in regie.legal_notice.splitlines() if line.strip()]
