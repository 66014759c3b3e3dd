"""The calendar of a child's custody, in words, for one household or for a clerk."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from families.domain.custody import days_with
from families.domain.month import weeks_in
from families.enums import CustodyPattern, CustodyStatus
from families.models import Custody
from families.queries.custody import arrangement_of
from foundation.days import date_format
from foundation.periods import ONE_DAY


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: with whom, in a word; `is_first` tells the two households apart."""

    day: date | None
    name: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One arrangement in words."""

    custody: Custody
    text: str
    period: str
    is_proposed: bool


def calendar_of(
    custodies: Collection[Custody], first: date, names: Mapping[int, str]
) -> list[list[Cell]]:
    """Lay a month out; `names` gives each household's word, the reader's own first."""
    decided = [
        arrangement_of(each)
        for each in custodies
        if each.status == CustodyStatus.DECIDED
    ]
    weeks = weeks_in(first)
    days = [day for week in weeks for day in week if day is not None]
    found, own = days_with(decided, days), next(iter(names), None)
    return [
        [
            Cell(day, names.get(found[day] or 0, ""), is_first=found[day] == own)
            if day
            else Cell(None)
            for day in week
        ]
        for week in weeks
    ]


def custody_line(custody: Custody, names: Mapping[int, str]) -> CustodyLine:
    """Write one arrangement: its rhythm, then its dates and where it comes from."""
    first = date_format(custody.from_on, "DATE_FORMAT")
    period = _("since %(first)s") % {"first": first}
    if custody.until_on is not None:
        last = date_format(custody.until_on - ONE_DAY, "DATE_FORMAT")
        period = _("from %(first)s to %(last)s") % {"first": first, "last": last}
    return CustodyLine(
        custody,
        _words(custody, names),
        " · ".join(part for part in (period, custody.source) if part),
        is_proposed=custody.status == CustodyStatus.PROPOSED,
    )


def _words(custody: Custody, names: Mapping[int, str]) -> str:
    one = names.get(custody.household_id, "")
    other = names.get(custody.other_household_id or 0, "")
    if custody.pattern == CustodyPattern.ALWAYS:
        return _("Always: %(one)s") % {"one": one}
    if custody.pattern == CustodyPattern.ALTERNATE:
        text = _("Even weeks: %(one)s. Odd weeks: %(other)s. Change on %(day)s.")
        day = str(WEEKDAYS[custody.change_weekday]).lower()
        return text % {"one": one, "other": other, "day": day}
    days = ", ".join(str(WEEKDAYS[day]).lower() for day in custody.weekdays)
    text = _("%(days)s: %(one)s. Other days: %(other)s.")
    return text % {"days": days, "one": one, "other": other}
