"""How long a child is accepted in a service."""

from collections.abc import Iterable
from datetime import date, timedelta

#: A family may ask again for what ends within these days.
RENEWAL = timedelta(days=60)


def access_until(*, season_end: date, expiries: Iterable[date | None]) -> date:
    """Return the first day without access.

    The earliest of the end of the season and of the first days on which a
    compulsory proof no longer counts; None is a proof without limit.
    """
    return min([season_end, *(day for day in expiries if day is not None)])


def may_renew(until: date | None, *, today: date) -> bool:
    """Tell whether an access that ends on `until` may already be asked for again."""
    return until is not None and until <= today + RENEWAL
