"""Days on which banks settle, and the delays a direct debit must respect.

TARGET, the settlement system of the euro area, closes on Saturdays, Sundays and
six holidays, whatever the holidays of the town's own country.
"""

from datetime import date, timedelta
from typing import Final

from billing.domain.errors import BillingError, gettext_noop

DEFAULT_NOTICE_DAYS: Final = 14
"""Calendar days between the pre-notification and the debit (SEPA Core Rulebook)."""

LAPSE_MONTHS: Final = 36
"""Months without any collection after which a mandate is dead (SEPA Core Rulebook)."""


class NotifiedTooLateError(BillingError):
    """The family would not be warned early enough."""

    code = "notified_too_late"
    sentence = gettext_noop(
        "Families must be told %(days)s days before a debit. "
        "Choose %(earliest)s or a later day."
    )


class ClosedDayError(BillingError):
    """The collection falls on a day when banks do not settle."""

    code = "closed_day"
    sentence = gettext_noop(
        "Banks do not settle on %(day)s. Choose %(next_open)s instead."
    )


def easter_sunday(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar.

    The method of Oudin (1940): the full moon first, then the Sunday after it.
    """
    golden = year % 19
    century = year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    full_moon = moon - (moon // 28) * (
        1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11)
    )
    weekday = (year + year // 4 + full_moon + 2 - century + century // 4) % 7
    return date(year, 3, 1) + timedelta(days=full_moon - weekday + 27)


def target_holidays(year: int) -> frozenset[date]:
    """Return the six yearly closing days of TARGET besides weekends."""
    easter = easter_sunday(year)
    return frozenset(
        {
            date(year, 1, 1),
            easter - timedelta(days=2),
            easter + timedelta(days=1),
            date(year, 5, 1),
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def is_target_day(day: date) -> bool:
    """Tell whether banks settle direct debits on this day."""
    return day.weekday() < 5 and day not in target_holidays(day.year)


def next_target_day(day: date) -> date:
    """Return the day itself when banks settle, else the first one that follows."""
    while not is_target_day(day):
        day += timedelta(days=1)
    return day


def add_target_days(day: date, count: int) -> date:
    """Return the day `count` settlement days away; a negative count goes back."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_target_day(day):
            day += step
    return day


def earliest_collection(
    *, notified_on: date, notice_days: int = DEFAULT_NOTICE_DAYS
) -> date:
    """Return the first settlement day that leaves families their full notice."""
    return next_target_day(notified_on + timedelta(days=notice_days))


def latest_submission(*, collect_on: date) -> date:
    """Return the last day to send the file: one settlement day ahead.

    Banks may ask for more: the town's contract has the last word.
    """
    return add_target_days(collect_on, -1)


def check_collection_day(
    *, collect_on: date, notified_on: date, notice_days: int = DEFAULT_NOTICE_DAYS
) -> None:
    """Refuse a debit on a closed day, or too soon after its pre-notification.

    `notice_days` is the delay written in the mandate when a shorter one was
    agreed. Raises NotifiedTooLateError or ClosedDayError.
    """
    if collect_on < notified_on + timedelta(days=notice_days):
        earliest = earliest_collection(notified_on=notified_on, notice_days=notice_days)
        raise NotifiedTooLateError(days=notice_days, earliest=earliest)
    if not is_target_day(collect_on):
        raise ClosedDayError(day=collect_on, next_open=next_target_day(collect_on))


def mandate_lapses_on(*, signed_on: date, last_collected_on: date | None) -> date:
    """Return the first day on which the mandate can no longer be used.

    The 36 months run from the latest collection presented to the bank, even a
    refused one, or from the signature when there was none.
    """
    start = last_collected_on or signed_on
    year = start.year + LAPSE_MONTHS // 12
    try:
        anniversary = start.replace(year=year)
    except ValueError:  # 29 February: the common year ends the month a day earlier.
        anniversary = date(year, 2, 28)
    return anniversary + timedelta(days=1)


def has_lapsed(*, signed_on: date, last_collected_on: date | None, on: date) -> bool:
    """Tell whether a collection on this day would come after the lapse."""
    return on >= mandate_lapses_on(
        signed_on=signed_on, last_collected_on=last_collected_on
    )
