"""Say a deadline as people read it: the day and the hour of the next session."""

from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from catalog.domain.deadlines import (
    NoDeadlineForDayError,
    deadline_of,
    parse_deadline,
)
from catalog.models import Activity
from foundation.days import date_format
from foundation.problems import ConfigurationError

DAY = "l j F Y"


def say_deadlines(
    activity: Activity,
    *,
    day: date,
    zone: ZoneInfo,
    holidays: Collection[date] = frozenset(),
) -> list[str]:
    """Return a sentence for booking and one for cancelling a session of `day`."""
    shown = date_format(day, DAY)
    to_book = _say(activity.booking_deadline, day, zone, holidays)
    to_cancel = _say(activity.cancellation_deadline, day, zone, holidays)
    return [
        _("For %(day)s, families book %(limit)s.") % {"day": shown, "limit": to_book},
        _("They cancel %(limit)s.") % {"limit": to_cancel},
    ]


def _say(
    rule: dict[str, object], day: date, zone: ZoneInfo, holidays: Collection[date]
) -> str:
    try:
        limit = deadline_of(parse_deadline(rule), day, zone=zone, holidays=holidays)
    except (ConfigurationError, NoDeadlineForDayError):
        return _("without any deadline for this day of the week")
    if limit is None:
        return _("at any time")
    return _("until %(day)s, %(hour)s") % {
        "day": date_format(limit, DAY),
        "hour": date_format(limit, "TIME_FORMAT"),
    }
