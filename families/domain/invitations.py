"""How long the link of an invitation lives, and what became of it."""

from datetime import datetime, timedelta
from enum import StrEnum

#: A link serves once, within a day; a new one may be asked for.
LINK_LIFE = timedelta(hours=24)
#: Invitations of one household, and new links of one invitation, in a day.
INVITATIONS_A_DAY = 10
LINKS_A_DAY = 5


class LinkState(StrEnum):
    """What opening a link shows."""

    OPEN = "open"
    EXPIRED = "expired"
    USED = "used"
    WITHDRAWN = "withdrawn"


def link_state(
    *, status: str, expires_at: datetime, is_latest: bool, now: datetime
) -> LinkState:
    """Return the state of a link; a link replaced by a later one counts as expired."""
    if status == "withdrawn":
        return LinkState.WITHDRAWN
    if status != "waiting":
        return LinkState.USED
    if now >= expires_at or not is_latest:
        return LinkState.EXPIRED
    return LinkState.OPEN
