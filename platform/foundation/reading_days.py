"""Read the days, hours and moments of a configuration; see `foundation.reading`."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar

from foundation.shapes import DAY, MOMENT, TIME

T = TypeVar("T")

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class DayReaders:
    """What a node reads of the calendar; it gives values and keeps refusals."""

    def refuse(self, key: str, reason: str, **params: str) -> None:
        """Note a problem with `key`."""
        raise NotImplementedError

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Read a list of texts that are not empty."""
        raise NotImplementedError

    def _take(self, key: str, *, required: bool) -> object:
        raise NotImplementedError

    def day(self, key: str, *, required: bool = True) -> date | None:
        """Read a day written "2026-03-09"."""
        found = self._parse(key, DAY, date.fromisoformat, "not_a_day", required)
        return found if found is None or self._is_near(key, found) else None

    def days(self, key: str, *, required: bool = True) -> tuple[date, ...]:
        """Read a list of days."""
        found = []
        for index, text in enumerate(self.texts(key, required=required)):
            place = f"{key}[{index}]"
            day = self._read(place, text, DAY, date.fromisoformat, "not_a_day")
            if day is not None and self._is_near(place, day):
                found.append(day)
        return tuple(found)

    def time(self, key: str, *, required: bool = True) -> time | None:
        """Read an hour written "09:00"."""
        return self._parse(key, TIME, time.fromisoformat, "not_a_time", required)

    def moment(self, key: str, *, required: bool = True) -> datetime | None:
        """Read a local moment written "2026-04-22T00:00"; it has no zone yet."""
        found = self._parse(
            key, MOMENT, datetime.fromisoformat, "not_a_moment", required
        )
        is_fine = found is None or self._is_near(key, found.date())
        return found if is_fine else None

    def _is_near(self, key: str, day: date) -> bool:
        """Refuse days that no calendar of a town reaches: they break time zones."""
        if day < FIRST_DAY:
            self.refuse(key, "too_small", at_least=str(FIRST_DAY))
        elif day > LAST_DAY:
            self.refuse(key, "too_large", at_most=str(LAST_DAY))
        else:
            return True
        return False

    def _parse(
        self,
        key: str,
        pattern: re.Pattern[str],
        parse: Callable[[str], T],
        reason: str,
        required: bool,  # noqa: FBT001 -- Private, always given by position.
    ) -> T | None:
        value = self._take(key, required=required)
        return None if value is None else self._read(key, value, pattern, parse, reason)

    def _read(
        self,
        key: str,
        value: object,
        pattern: re.Pattern[str],
        parse: Callable[[str], T],
        reason: str,
    ) -> T | None:
        try:
            if isinstance(value, str) and pattern.fullmatch(value):
                return parse(value)
        except ValueError:  # Well written but not in any calendar: 2026-02-30.
            pass
        self.refuse(key, reason)
        return None
