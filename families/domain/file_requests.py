"""The clock of a request for a file number."""

from datetime import datetime, timedelta


def answer_by(sent_at: datetime, *, hours: int) -> datetime:
    """Return when the town tries to have answered; `hours` is the town's delay."""
    return sent_at + timedelta(hours=hours)


def comes_too_late(
    *, now: datetime, opens_at: datetime | None, hours: int
) -> datetime | None:
    """Return the registration opening that the number may miss, or None.

    Exactly the delay before the opening is still in time.
    """
    if opens_at is None or opens_at <= now:
        return None
    return opens_at if answer_by(now, hours=hours) > opens_at else None
