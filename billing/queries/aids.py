"""Reads for aids: which hold, which lines they may help with, what they used."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from billing.domain.aid_traces import AidTrace
from billing.domain.aids import Aid, AidedLine, AidShare, Use
from foundation.periods import Period

_GRANTS = """
SELECT granted.id, kind.name, kind.payer, kind.method, granted.household_id,
       greatest(granted.from_on, kind.from_on), least(granted.until_on, kind.until_on),
       granted.child_id, coalesce(kind.amount_minor, 0), coalesce(kind.percent, 0),
       kind.half_day_hours * 60, kind.quotient_from, kind.quotient_until,
       ARRAY(SELECT service_id FROM billing_aidkind_services
              WHERE aidkind_id = kind.id),
       ARRAY(SELECT activity_id FROM billing_aidkind_activities
              WHERE aidkind_id = kind.id),
       kind.ceiling_minor, kind.ceiling_units, kind.ceiling_period, kind.position
  FROM billing_aidgrant AS granted
  JOIN billing_aidkind AS kind ON kind.id = granted.kind_id
 WHERE granted.household_id IN (
   SELECT household_id FROM billing_invoice WHERE id = ANY(%(ids)s))
 ORDER BY granted.id FOR UPDATE OF granted
"""

# The price of a booking and what ceilings took off it, or the line that gives it back.
_LINES = """
SELECT base.id, min(charge.invoice_id), bool_or(base.invoice_id = ANY(%(ids)s)),
       base.household_id, base.child_id, base.service_id, session.activity_id,
       session.starts_on, session.ends_on, session.meets_on, session.start_time,
       session.end_time, base.trace,
       sum(charge.amount_minor)::bigint,
       sum(coalesce((charge.split->>'care')::bigint, 0))::bigint,
       sum(coalesce((charge.split->>'meal')::bigint, 0))::bigint,
       (SELECT jsonb_agg(jsonb_build_array(reduction.grant_id, given.split, given.trace)
                         ORDER BY given.id)
          FROM billing_reduction AS reduction
          JOIN billing_charge AS given ON given.id = reduction.charge_id
         WHERE reduction.of_id = base.id AND reduction.kind = 'aid'
           AND reduction.grant_id = ANY(%(grants)s))
  FROM billing_charge AS charge
  LEFT JOIN billing_reduction AS reduction ON reduction.charge_id = charge.id
  JOIN billing_charge AS base ON base.id = coalesce(reduction.of_id, charge.id)
  JOIN enrolment_booking AS booking ON booking.id = base.booking_id
  JOIN catalog_session AS session ON session.id = booking.session_id
 WHERE charge.invoice_id = ANY(%(ids)s)
   AND base.household_id IN (
     SELECT household_id FROM billing_aidgrant WHERE id = ANY(%(grants)s))
   AND coalesce(reduction.kind, '') <> 'aid'
 GROUP BY base.id, session.id
 ORDER BY base.id
"""

_USES = """
SELECT reduction.grant_id, charge.child_id, charge.day, charge.trace
  FROM billing_reduction AS reduction
  JOIN billing_charge AS charge ON charge.id = reduction.charge_id
 WHERE reduction.grant_id = ANY(%(grants)s) AND reduction.kind = 'aid'
 ORDER BY charge.id
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a draft with what aids look at.

    `given_back` is what aids paid on a line that this one gives back.
    """

    facts: AidedLine
    invoice_id: int
    is_credit: bool
    given_back: tuple[AidShare, ...]


def lock_grants(invoice_ids: Sequence[int]) -> list[Aid]:
    """Return the aids of the households of some drafts, locked: one statement."""
    rows = _fetch(_GRANTS, {"ids": list(invoice_ids)})
    return [_aid(*row) for row in rows if row[6] > row[5]]


def lines_to_help(invoice_ids: Sequence[int], grants: Sequence[int]) -> list[Line]:
    """Return the lines of drafts of households that have an aid: one statement."""
    facts = {"ids": list(invoice_ids), "grants": list(grants)}
    return [_line(*row) for row in _fetch(_LINES, facts)]


def uses_of(grants: Sequence[int]) -> list[Use]:
    """Return what aids paid so far, on any invoice: one statement."""
    return [
        Use(grant, child, day, AidTrace.from_data(_plain(trace)))
        for grant, child, day, trace in _fetch(_USES, {"grants": list(grants)})
    ]


def quantity_of(trace: Mapping[str, Any]) -> Decimal:
    """Return the units that a price counted: those its steps say, or those given."""
    for step in trace.get("steps", ()):
        if step["message"] == "quantity":
            return Decimal(step["params"]["quantity"])
    return Decimal(trace.get("inputs", {}).get("quantity", "1"))


def meeting_days(first: date, last: date, meets_on: Sequence[str]) -> tuple[date, ...]:
    """Return the days of a session: those written, or all from first to last."""
    if meets_on:
        return tuple(sorted(map(date.fromisoformat, meets_on)))
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def minutes_between(start: time, end: time) -> int:
    """Return how long a day of a session lasts."""
    day = date.min
    length = datetime.combine(day, end) - datetime.combine(day, start)
    return int(length.total_seconds()) // 60


def _aid(*row: Any) -> Aid:
    (number, name, payer, method, household, first, until, child, minor, percent) = row[
        :10
    ]
    minutes, low, high, services, activities, most, units, period, position = row[10:]
    return Aid(
        id=number,
        name=name,
        payer=payer,
        method=method,
        household=household,
        period=Period(first, until),
        child=child,
        minor=minor,
        percent=Decimal(percent),
        half_day_minutes=minutes,
        quotient_from=low,
        quotient_until=high,
        services=frozenset(services),
        activities=frozenset(activities),
        ceiling_minor=most,
        ceiling_units=None if units is None else Decimal(units),
        ceiling_period=period,
        position=position,
    )


def _line(*row: Any) -> Line:
    number, invoice, is_price, household, child, service, activity = row[:7]
    first, last, meets_on, start, end, trace, amount, care, meal, given = row[7:]
    trace = _plain(trace)
    quotient = trace.get("inputs", {}).get("quotient")
    facts = AidedLine(
        id=number,
        household=household,
        child=child,
        service=service,
        activity=activity,
        days=meeting_days(first, last, _plain(meets_on)),
        minutes=minutes_between(start, end),
        quantity=quantity_of(trace),
        quotient=None if quotient is None else Decimal(quotient),
        shares=(care, meal, amount - care - meal),
    )
    back = () if is_price else tuple(_shares(number, _plain(given) or ()))
    return Line(facts, invoice, not is_price, back)


def _shares(line: int, given: Sequence[Any]) -> list[AidShare]:
    """Return what aids paid on a line, what was already given back taken off."""
    kept: defaultdict[int, list[AidShare]] = defaultdict(list)
    for grant, split, data in given:
        trace = AidTrace.from_data(data)
        shares = (-split["care"], -split["meal"], -split["other"])
        if trace.limit == "back":
            kept[grant].clear()
        else:
            kept[grant].append(AidShare(grant, line, shares, trace))
    return [share for shares in kept.values() for share in shares]


def _fetch(statement: str, facts: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _plain(value: Any) -> Any:
    """Read JSON that the driver leaves as text."""
    return json.loads(value) if isinstance(value, str) else value
