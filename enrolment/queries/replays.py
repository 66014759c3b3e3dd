"""Places really taken under a tariff: what was paid, and for which facts.

Two statements whatever the number of bookings: the database adds up what a tariff
cannot tell apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db import connection

from catalog.domain.prices import PriceContext
from catalog.models import Activity
from enrolment.models import TariffReplay
from tenants.townhall.queries import scope_of

#: Every fact that a price may be made from.
FACTS = frozenset(each.name for each in fields(PriceContext))

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

# Facts are read where they stand: a copy of the trace for each place would be slow.
_PAID = """
SELECT household_id, ARRAY[{0}]::text[], count(*), sum(booking.price_minor)::bigint
"""
_FACT = "booking.trace #>> '{{inputs,{0}}}'"
# Two weeks with the same days cost the same, unless the tariff looks at the date.
_SAME_WEEKDAY = "(date '2024-01-01' + extract(isodow FROM {0}::date)::int - 1)::text"

_LATEST = "max(session.starts_on || (booking.trace #>> '{{inputs,{0}}}'))"

_WHO = f"""
SELECT household_id, count(*),
       (SELECT count(*) FROM families_guardian AS guardian
         WHERE guardian.household_id = child.household_id),
       substr(max(quotient), 11), substr(max(residence), 11)
  FROM (SELECT household_id, {_LATEST.format("quotient")} AS quotient,
               {_LATEST.format("residence")} AS residence
        {_TAKEN} GROUP BY household_id, child_id) AS child
 GROUP BY household_id
"""  # noqa: S608 - our own literals.


@dataclass(frozen=True, slots=True)
class Paid:
    """Places of a household with the same facts; `paid` in minor units.

    `facts` are texts, in the order they were asked for; None for those unknown.
    """

    household_id: int
    facts: tuple[str | None, ...]
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


def paid_places(
    replay: TariffReplay, facts: Sequence[str], *, is_by_weekday: bool
) -> list[Paid]:
    """Return what was paid, by the values of `facts` alone.

    `is_by_weekday` puts one day in the place of all those of the same weekday.
    """
    columns = [_column(fact, is_by_weekday=is_by_weekday) for fact in facts]
    statement = _PAID.format(", ".join(columns)) + f"{_TAKEN} GROUP BY 1, 2"
    return [
        Paid(household_id, tuple(values), places, paid)
        for household_id, values, places, paid in _rows(statement, replay)
    ]


def _column(fact: str, *, is_by_weekday: bool) -> str:
    if fact not in FACTS:
        raise ValueError(fact)
    column = _FACT.format(fact)
    is_weekday = fact == "day" and is_by_weekday
    return _SAME_WEEKDAY.format(f"({column})") if is_weekday else column


def who_paid(replay: TariffReplay) -> list[Who]:
    """Return the households that had places, each with its latest facts."""
    return [
        Who(household_id, children, guardians, _decimal(quotient), residence)
        for household_id, children, guardians, quotient, residence in _rows(
            _WHO, replay
        )
    ]


def _rows(statement: str, replay: TariffReplay) -> list[Any]:
    mine = Activity.objects.in_scope(scope_of(replay.asked_by))
    activities = mine.filter(tariff=replay.version.tariff_id)
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "activities": list(activities.values_list("pk", flat=True)),
                "from_on": replay.from_on,
                "until_on": replay.until_on,
            },
        )
        rows: list[Any] = cursor.fetchall()
    return rows


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
