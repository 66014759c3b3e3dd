"""The days on which nothing is offered, with the reason people read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.domain.prices import DayKind
from foundation.periods import Period


@dataclass(frozen=True, slots=True)
class Closing:
    """Days with a name: a closure, or school holidays."""

    days: Period
    reason: str
    of_town: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """Closures of the town and of one service, school holidays, school years."""

    closings: tuple[Closing, ...] = ()
    holidays: tuple[Closing, ...] = ()
    school_years: tuple[Closing, ...] = ()

    def closing_on(self, day: date) -> str | None:
        """Return why a day is closed, or None."""
        return _reason(self.closings, day)

    def holiday_on(self, day: date) -> str | None:
        """Return the name of the school holidays a day is in, or None."""
        return _reason(self.holidays, day)

    def kind_of(self, day: date) -> DayKind | None:
        """Return what a price sees of a day; None outside the school years known.

        Public holidays are closures of the whole town.
        """
        if any(each.of_town and day in each.days for each in self.closings):
            return DayKind.PUBLIC_HOLIDAY
        if self.holiday_on(day) is not None:
            return DayKind.HOLIDAYS
        return DayKind.TERM if _reason(self.school_years, day) is not None else None

    @property
    def days_off(self) -> frozenset[date]:
        """Days the whole town is closed: deadlines do not count them as worked."""
        return frozenset(
            day for each in self.closings if each.of_town for day in each.days.days()
        )


def _reason(closings: Iterable[Closing], day: date) -> str | None:
    return next((each.reason for each in closings if day in each.days), None)
