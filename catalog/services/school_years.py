"""Add an official school year to the town's calendar, with its public holidays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from catalog.domain.school_calendars import YEAR, SchoolPeriod, periods_of
from catalog.enums import PeriodKind
from catalog.gateways.public_holidays import public_holidays
from catalog.models import CalendarPeriod, Closure
from foundation.accounts.models import Account
from foundation.journal.services import record

ONE_DAY = timedelta(days=1)
NAMES = {
    YEAR: gettext_lazy("School year"),
    "toussaint": gettext_lazy("Autumn holidays"),
    "noel": gettext_lazy("Christmas holidays"),
    "hiver": gettext_lazy("Winter holidays"),
    "printemps": gettext_lazy("Spring holidays"),
    "ascension": gettext_lazy("Ascension weekend"),
    "nativite": gettext_lazy("8 September, in Corsica"),
    "nazione": gettext_lazy("8 December, in Corsica"),
    "fetes": gettext_lazy("Year-end holidays"),
    "relache": gettext_lazy("Spring break"),
}


@dataclass(frozen=True, slots=True)
class SchoolYearPlan:
    """What would be added: periods and days off; `there` are those there already."""

    periods: Sequence[CalendarPeriod]
    days_off: Sequence[Closure]
    there: Sequence[CalendarPeriod]


def plan_school_year(
    *, zone: str, year: int, place: str, language: str
) -> SchoolYearPlan:
    """Say what an official year adds to the calendar.

    `place` names the public holidays wanted (FR, FR-67, CA-QC), none when empty. What
    covers some of the same days is there already and stays as it is.
    """
    periods, there = [], []
    for each in periods_of(zone, year):
        kept = _known(each)
        if kept is None:
            periods.append(_period(each))
        else:
            there.append(kept)
    return SchoolYearPlan(periods, _days_off(year, place, language), there)


@transaction.atomic
def add_school_year(
    *, zone: str, year: int, place: str, language: str, actor: Account
) -> SchoolYearPlan:
    """Write what `plan_school_year` says, and journal each period."""
    plan = plan_school_year(zone=zone, year=year, place=place, language=language)
    for each in plan.periods:
        each.save()
        facts = {"from_on": each.from_on, "until_on": each.until_on, "zone": zone}
        record(actor=actor, action="calendarperiod created", target=each, new=facts)
    Closure.objects.bulk_create(plan.days_off)
    return plan


def _known(official: SchoolPeriod) -> CalendarPeriod | None:
    """Return a period of the same kind that covers some of the same days."""
    return CalendarPeriod.objects.filter(
        kind=_kind(official),
        from_on__lt=official.until_on,
        until_on__gt=official.from_on,
    ).first()


def _period(official: SchoolPeriod) -> CalendarPeriod:
    first, last = official.from_on.year, official.until_on.year
    years = f"{first}-{last}" if official.key == YEAR else str(first)
    return CalendarPeriod(
        code=official.code,
        name=f"{NAMES[official.key]} {years}",
        kind=_kind(official),
        from_on=official.from_on,
        until_on=official.until_on,
    )


def _kind(official: SchoolPeriod) -> PeriodKind:
    return PeriodKind.SCHOOL_YEAR if official.key == YEAR else PeriodKind.HOLIDAY


def _days_off(year: int, place: str, language: str) -> list[Closure]:
    """Return the public holidays of the year, summer included, that miss."""
    first, last = date(year, 9, 1), date(year + 1, 9, 1)
    closed = set(Closure.objects.filter(service=None).values_list("from_on", flat=True))
    found = public_holidays(place, years=range(year, year + 2), language=language)
    return [
        Closure(from_on=day, until_on=day + ONE_DAY, reason=name)
        for day, name in found.items()
        if first <= day < last and day not in closed
    ]
