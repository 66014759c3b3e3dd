"""What all our documents start with: the town, its paper, its language."""

from typing import Literal

from foundation.documents import Town
from tenants.queries import current_town
from tenants.townhall.queries import town_settings

# Towns that print on North American paper.
_LETTER_CURRENCIES = frozenset({"CAD"})


def letterhead(address: str = "") -> Town:
    """Return the town's name and colour, and its address unless another is given."""
    about = town_settings()
    contact = " · ".join(
        part for part in (about.contact_phone, about.contact_email) if part
    )
    lines = [*(address or about.address).splitlines(), contact]
    return {
        "name": about.name,
        "lines": [line.strip() for line in lines if line.strip()],
        "accent": about.brand_colour,
    }


def paper() -> Literal["a4", "us-letter"]:
    """Return the paper that printers of the town hold."""
    return "us-letter" if current_town().currency in _LETTER_CURRENCIES else "a4"
