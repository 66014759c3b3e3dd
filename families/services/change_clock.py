"""When the town promised to answer a change."""

from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from families.domain.working_hours import Promise, due_at
from families.enums import AnswerUnit
from families.models import FileRules
from families.signals import closures_asked
from tenants.queries import current_town

#: Days off are read over this time; thirty working days end long before.
HORIZON = timedelta(days=400)


def answer_due(*, rules: FileRules, since: datetime) -> datetime:
    """Return the end of the town's promise, without its days off."""
    zone = ZoneInfo(current_town().time_zone)
    promise = Promise(
        hours=rules.answer_hours,
        unit=AnswerUnit(rules.answer_unit),
        opens_at=rules.opens_at,
        closes_at=rules.closes_at,
    )
    closed = _days_off(since.astimezone(zone).date())
    return due_at(since, promise, zone=zone, closed=closed)


def _days_off(first: date) -> frozenset[date]:
    answers = closures_asked.send(sender=FileRules, first=first, until=first + HORIZON)
    # The stubs believe that every receiver answers a text.
    found = cast("list[frozenset[date]]", [days for _receiver, days in answers])
    return frozenset().union(*found)
