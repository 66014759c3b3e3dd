"""Everything that prices and rules look at, for one household, in one statement.

Seven tables answer with rows of the same shape: a kind, whose it is, what, from, until.
"""

import json
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from catalog.enums import PeriodKind
from enrolment.domain.calendar import Calendar, Closing
from enrolment.domain.facts import ChildFacts, HouseholdFacts
from enrolment.enums import BookingStatus
from families.domain.standing import Fact
from families.enums import ProofStatus, Proves, QuotientKind
from foundation.periods import Period

# Written out: building it from querysets took longer than PostgreSQL took to answer.
STATEMENT = """
WITH members AS (
    SELECT child_id FROM families_childmembership WHERE household_id = %(household)s
       AND (from_on IS NULL OR from_on <= %(today)s)
       AND (until_on IS NULL OR until_on > %(today)s)
)
SELECT 'child', id, json_build_object(
           'public_id', public_id, 'first_name', first_name, 'last_name', last_name,
           'school_class', school_class
       )::text, birth_date, NULL::date
  FROM families_child WHERE id IN (SELECT child_id FROM members) AND NOT is_expected
UNION ALL
SELECT 'residence', 0, status, from_on, until_on FROM families_residencerecord
 WHERE household_id = %(household)s AND from_on < %(until)s
   AND (until_on IS NULL OR until_on > %(first)s)
UNION ALL
SELECT 'quotient', 0, value::text, from_on, until_on FROM families_quotientrecord
 WHERE household_id = %(household)s AND from_on < %(until)s
   AND (until_on IS NULL OR until_on > %(first)s)
UNION ALL
SELECT 'payer', 0, kind, from_on, until_on FROM families_quotientrecord
 WHERE household_id = %(household)s AND kind = ANY(%(payers)s)
   AND from_on < %(until)s AND (until_on IS NULL OR until_on > %(first)s)
UNION ALL
SELECT 'regime', 0, regime, from_on, until_on FROM families_regimerecord
 WHERE household_id = %(household)s AND from_on < %(until)s
   AND (until_on IS NULL OR until_on > %(first)s)
UNION ALL
SELECT 'access', access.child_id, COALESCE(situation.code, ''), access.from_on,
       access.until_on
  FROM enrolment_access AS access
  LEFT JOIN catalog_situation AS situation ON situation.id = access.situation_id
 WHERE access.household_id = %(household)s AND access.service_id = %(service)s
   AND access.from_on < %(until)s
   AND (access.until_on IS NULL OR access.until_on > %(first)s)
UNION ALL
-- Both households of a child see its care plan, whoever handed it in.
SELECT 'care_plan', proof.child_id, '', proof.valid_from, proof.valid_until
  FROM families_proof AS proof
  JOIN families_prooftype AS kind ON kind.id = proof.proof_type_id
 WHERE proof.child_id IN (SELECT child_id FROM members)
   AND proof.status = %(accepted)s AND kind.proves = %(care_plan)s
UNION ALL
SELECT DISTINCT 'place', booking.child_id, COALESCE(session.period_id::text, ''),
       NULL::date, NULL::date
  FROM enrolment_booking AS booking
  JOIN catalog_session AS session ON session.id = booking.session_id
 WHERE booking.household_id = %(household)s AND session.activity_id = %(activity)s
   AND (booking.status = %(booked)s
        OR (booking.status = %(held)s AND booking.held_until > %(now)s))
UNION ALL
-- A week is whole: what is booked up to six days around counts for days a week.
SELECT DISTINCT 'present', booking.child_id, '', session.starts_on, NULL::date
  FROM enrolment_booking AS booking
  JOIN catalog_session AS session ON session.id = booking.session_id
 WHERE booking.household_id = %(household)s AND session.activity_id = %(activity)s
   AND session.starts_on >= %(first)s::date - 6
   AND session.starts_on < %(until)s::date + 6
   AND (booking.status = %(booked)s
        OR (booking.status = %(held)s AND booking.held_until > %(now)s))
UNION ALL
SELECT 'closure', COALESCE(service_id, 0), reason, from_on, until_on
  FROM catalog_closure
 WHERE (service_id IS NULL OR service_id = %(service)s)
   AND from_on < %(until)s AND until_on > %(first)s
UNION ALL
SELECT kind, 0, name, from_on, until_on FROM catalog_calendarperiod
 WHERE kind IN (%(holiday)s, %(school_year)s)
   AND from_on < %(until)s AND until_on > %(first)s
"""


class Row(NamedTuple):
    """One dated fact; `who` is a child's id, or 0."""

    kind: str
    who: int
    what: str
    start: date
    until: date | None


class Scope(NamedTuple):
    """What to read about: a household, an activity of a service, some days."""

    household_id: int
    service_id: int
    activity_id: int
    days: Period
    now: datetime


def read_facts(scope: Scope) -> tuple[HouseholdFacts, Calendar]:
    """Return the facts of a household over some days, and the town's calendar."""
    rows: dict[str, list[Row]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            STATEMENT,
            {
                "household": scope.household_id,
                "service": scope.service_id,
                "activity": scope.activity_id,
                "first": scope.days.start,
                "until": scope.days.until,
                "now": scope.now,
                "today": timezone.localdate(scope.now),
                "accepted": ProofStatus.ACCEPTED,
                "care_plan": Proves.CARE_PLAN,
                "booked": BookingStatus.BOOKED,
                "held": BookingStatus.HELD,
                "holiday": PeriodKind.HOLIDAY,
                "school_year": PeriodKind.SCHOOL_YEAR,
                "payers": [QuotientKind.CAF, QuotientKind.MSA],
            },
        )
        for values in cursor:
            row = Row(*values)
            rows[row.kind].append(row)
    return _facts(scope.household_id, rows), _calendar(rows)


def _facts(household_id: int, rows: dict[str, list[Row]]) -> HouseholdFacts:
    return HouseholdFacts(
        household_id,
        children={row.who: _child(row) for row in rows["child"]},
        residences=tuple(_fact(row, row.what) for row in rows["residence"]),
        quotients=tuple(_fact(row, Decimal(row.what)) for row in rows["quotient"]),
        accesses=_by_child(rows["access"]),
        care_plans=_by_child(rows["care_plan"]),
        registered=frozenset(
            (row.who, int(row.what) if row.what else None) for row in rows["place"]
        ),
        regimes=tuple(_fact(row, row.what) for row in rows["regime"]),
        payers=tuple(_fact(row, row.what) for row in rows["payer"]),
        present=_by_day(rows["present"]),
    )


def _calendar(rows: dict[str, list[Row]]) -> Calendar:
    return Calendar(
        closings=tuple(
            Closing(Period(row.start, row.until), row.what, of_town=not row.who)
            for row in rows["closure"]
        ),
        holidays=_periods(rows[PeriodKind.HOLIDAY]),
        school_years=_periods(rows[PeriodKind.SCHOOL_YEAR]),
    )


def _periods(rows: list[Row]) -> tuple[Closing, ...]:
    return tuple(
        Closing(Period(row.start, row.until), row.what, of_town=True) for row in rows
    )


def _by_day(rows: list[Row]) -> dict[date, frozenset[int]]:
    there: dict[date, set[int]] = defaultdict(set)
    for row in rows:
        there[row.start].add(row.who)
    return {day: frozenset(children) for day, children in there.items()}


def _child(row: Row) -> ChildFacts:
    data = json.loads(row.what)
    return ChildFacts(
        row.who,
        UUID(data["public_id"]),
        data["first_name"],
        data["last_name"],
        row.start,
        data["school_class"],
    )


def _fact(row: Row, value: Any) -> Fact[Any]:
    return Fact(value, row.start, row.until)


def _by_child(rows: list[Row]) -> dict[int, tuple[Fact[str], ...]]:
    facts: dict[int, list[Fact[str]]] = defaultdict(list)
    for row in rows:
        facts[row.who].append(_fact(row, row.what))
    return {who: tuple(held) for who, held in facts.items()}
