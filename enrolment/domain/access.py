"""How long a child is accepted in a service, and when the family has its answer."""

from collections.abc import Iterable
from datetime import date, timedelta

from families.domain.validity import months_after

#: A family may ask again for what ends within these days.
RENEWAL = timedelta(days=60)
#: Time the law gives a French administration to answer (CRPA, L231-1 and L231-4).
MONTHS_TO_ANSWER = 2


def access_until(*, season_end: date, expiries: Iterable[date | None]) -> date:
    """Return the first day without access.

    The earliest of the end of the season and of the first days on which a
    compulsory proof no longer counts; None is a proof without limit.
    """
    return min([season_end, *(day for day in expiries if day is not None)])


def may_renew(until: date | None, *, today: date) -> bool:
    """Tell whether an access that ends on `until` may already be asked for again."""
    return until is not None and until <= today + RENEWAL


def answer_due(submitted_on: date, *, locale: str) -> date | None:
    """Return the last day the law leaves to answer; None where none is written."""
    return months_after(submitted_on, MONTHS_TO_ANSWER) if locale == "fr" else None
