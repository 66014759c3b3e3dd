"""Places really taken under a tariff: what was paid, and for which facts.

Two statements whatever the number of bookings: the database adds up what a tariff
cannot tell apart.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from catalog.models import Activity
from enrolment.models import TariffReplay
from tenants.townhall.queries import scope_of

# Justified absences cost nothing under any tariff; presence decides nothing else.
_TAKEN = """
  FROM enrolment_booking AS booking
  JOIN catalog_session AS session ON session.id = booking.session_id
 WHERE session.activity_id = ANY(%(activities)s::bigint[])
   AND session.starts_on >= %(from_on)s AND session.starts_on < %(until_on)s
   AND session.cancelled_at IS NULL
   AND (booking.status = 'booked'
        OR (booking.status = 'cancelled' AND booking.cancelled_late))
   AND booking.attendance <> 'absent_justified' AND booking.trace ? 'inputs'
"""

_PAID = (
    """
SELECT household_id, (booking.trace->'inputs') - %(left_out)s::text[] AS inputs,
       count(*), sum(booking.price_minor)::bigint
"""
    f"{_TAKEN} GROUP BY 1, 2"
)

_LATEST = """
(array_agg(booking.trace->'inputs'->>'{0}' ORDER BY session.starts_on DESC)
  FILTER (WHERE booking.trace->'inputs'->>'{0}' IS NOT NULL))[1]
"""

_WHO = f"""
SELECT household_id, count(DISTINCT child_id),
       (SELECT count(*) FROM families_guardian AS guardian
         WHERE guardian.household_id = booking.household_id),
       {_LATEST.format("quotient")}, {_LATEST.format("residence")}
{_TAKEN}
 GROUP BY household_id
"""  # noqa: S608 - our own literals.


@dataclass(frozen=True, slots=True)
class Paid:
    """Places of a household with the same facts; `paid` in minor units.

    `inputs` is the text of a JSON object: the facts a tariff looks at.
    """

    household_id: int
    inputs: str
    places: int
    paid: int


@dataclass(frozen=True, slots=True)
class Who:
    """What a household is, as its prices saw it."""

    household_id: int
    children: int
    guardians: int
    quotient: Decimal | None
    residence: str | None


def paid_places(replay: TariffReplay, *, left_out: Collection[str]) -> Iterator[Paid]:
    """Return what was paid; `left_out` are facts the tariff does not look at."""
    for household_id, inputs, places, paid in _rows(
        _PAID, replay, left_out=sorted(left_out)
    ):
        text = inputs if isinstance(inputs, str) else json.dumps(inputs)
        yield Paid(household_id, text, places, paid)


def who_paid(replay: TariffReplay) -> list[Who]:
    """Return the households that had places, each with its latest facts."""
    return [
        Who(household_id, children, guardians, _decimal(quotient), residence)
        for household_id, children, guardians, quotient, residence in _rows(
            _WHO, replay
        )
    ]


def _rows(statement: str, replay: TariffReplay, **more: Any) -> list[Any]:
    mine = Activity.objects.in_scope(scope_of(replay.asked_by))
    activities = mine.filter(tariff=replay.version.tariff_id)
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "activities": list(activities.values_list("pk", flat=True)),
                "from_on": replay.from_on,
                "until_on": replay.until_on,
                **more,
            },
        )
        rows: list[Any] = cursor.fetchall()
    return rows


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
