"""Days in the town's own time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tenants.queries import current_town


def local_day(now: datetime) -> date:
    """Return the day it is in the town at an instant."""
    return now.astimezone(ZoneInfo(current_town().time_zone)).date()
