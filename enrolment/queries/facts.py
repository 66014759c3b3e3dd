"""Everything that prices and rules look at, for one household, in one statement.

Six tables answer with rows of the same shape: a kind, whose it is, what, from, until.
"""

import json
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, JSONObject

from catalog.enums import PeriodKind
from catalog.models import CalendarPeriod, Closure
from enrolment.domain.calendar import Calendar, Closing
from enrolment.domain.facts import ChildFacts, HouseholdFacts
from enrolment.models import Access, Booking
from families.domain.standing import Fact
from families.enums import ProofStatus, Proves
from families.models import ChildMembership, Proof, QuotientRecord, ResidenceRecord
from foundation.periods import Period

NOBODY = Value(0, output_field=IntegerField())
NOTHING = Value("", output_field=TextField())
NO_DAY = Cast(Value(None), DateField())


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
    first, *others = _parts(scope)
    rows: dict[str, list[Row]] = defaultdict(list)
    for values in first.union(*others, all=True):
        row = Row(*values)
        rows[row.kind].append(row)
    return _facts(scope.household_id, rows), _calendar(rows)


def _parts(scope: Scope) -> list[QuerySet[Any, Any]]:
    first, until = scope.days.start, scope.days.until
    over = Q(from_on__lt=until) & (Q(until_on=None) | Q(until_on__gt=first))
    ours = over & Q(household=scope.household_id)
    members = ChildMembership.objects.filter(household=scope.household_id)
    return [
        _rows("child", members, F("child_id"), _child_data(), F("child__birth_date")),
        _rows("residence", ResidenceRecord.objects.filter(ours), NOBODY, F("status")),
        _rows("quotient", QuotientRecord.objects.filter(ours), NOBODY, F("value")),
        _rows(
            "access",
            Access.objects.filter(ours, service=scope.service_id),
            F("child_id"),
            Coalesce(F("situation__code"), NOTHING),
        ),
        _care_plans(members),
        _registered(scope),
        _rows(
            "closure",
            Closure.objects.filter(over, Q(service=None) | Q(service=scope.service_id)),
            Coalesce(F("service_id"), NOBODY),
            F("reason"),
        ),
        _rows(
            "holiday",
            CalendarPeriod.objects.filter(over, kind=PeriodKind.HOLIDAY),
            NOBODY,
            F("name"),
        ),
    ]


def _rows(
    kind: str,
    queryset: QuerySet[Any, Any],
    who: Combinable,
    what: Combinable,
    start: Combinable | None = None,
) -> QuerySet[Any, Any]:
    """Give every table the same columns; dated records keep their own days."""
    own_days = start is None
    rows: QuerySet[Any, Any] = queryset.annotate(
        row_kind=Value(kind, output_field=CharField()),
        row_who=who,
        row_what=Cast(what, TextField()),
        row_start=F("from_on") if own_days else start,
        row_until=F("until_on") if own_days else NO_DAY,
    ).values_list("row_kind", "row_who", "row_what", "row_start", "row_until")
    return rows


def _child_data() -> Combinable:
    return JSONObject(
        public_id="child__public_id",
        first_name="child__first_name",
        last_name="child__last_name",
    )


def _care_plans(members: QuerySet[ChildMembership]) -> QuerySet[Any, Any]:
    """Both households of a child see its care plan, whoever handed it in."""
    plans = Proof.objects.filter(
        child__in=members.values("child_id"),
        proof_type__proves=Proves.CARE_PLAN,
        status=ProofStatus.ACCEPTED,
    )
    return plans.annotate(
        row_kind=Value("care_plan", output_field=CharField()),
        row_who=F("child_id"),
        row_what=NOTHING,
        row_start=F("valid_from"),
        row_until=F("valid_until"),
    ).values_list("row_kind", "row_who", "row_what", "row_start", "row_until")


def _registered(scope: Scope) -> QuerySet[Any, Any]:
    places = Booking.objects.kept(now=scope.now).filter(
        household=scope.household_id, session__activity=scope.activity_id
    )
    period = Coalesce(Cast("session__period_id", TextField()), NOTHING)
    return _rows("place", places, F("child_id"), period, NO_DAY).distinct()


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
    )


def _calendar(rows: dict[str, list[Row]]) -> Calendar:
    return Calendar(
        closings=tuple(
            Closing(Period(row.start, row.until), row.what, of_town=not row.who)
            for row in rows["closure"]
        ),
        holidays=tuple(
            Closing(Period(row.start, row.until), row.what, of_town=True)
            for row in rows["holiday"]
        ),
    )


def _child(row: Row) -> ChildFacts:
    data = json.loads(row.what)
    return ChildFacts(
        row.who,
        UUID(data["public_id"]),
        data["first_name"],
        data["last_name"],
        row.start,
    )


def _fact(row: Row, value: Any) -> Fact[Any]:
    return Fact(value, row.start, row.until)


def _by_child(rows: list[Row]) -> dict[int, tuple[Fact[str], ...]]:
    facts: dict[int, list[Fact[str]]] = defaultdict(list)
    for row in rows:
        facts[row.who].append(_fact(row, row.what))
    return {who: tuple(held) for who, held in facts.items()}
