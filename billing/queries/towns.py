"""The town a message from outside is about."""

from uuid import UUID

from tenants.enums import TownState
from tenants.models import Town

# Money that a closed town still receives is recorded all the same.
WITH_BOOKS = [TownState.OPEN, TownState.SUSPENDED, TownState.CLOSED]


def find_town(text: str) -> Town | None:
    """Return the town of a public identifier, or None for anything else."""
    try:
        public_id = UUID(text)
    except ValueError:
        return None
    return (
        Town.objects.towns().filter(public_id=public_id, state__in=WITH_BOOKS).first()
    )
