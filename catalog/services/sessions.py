"""Make the dated sessions of an activity from the town's calendar."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.domain.calendar import OpeningRule, SchoolCalendar, opening_days
from catalog.enums import PeriodKind
from catalog.models import Activity, CalendarPeriod, Closure, Session
from catalog.signals import session_cancelled
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.periods import Period


class AlreadyCancelledError(DomainError):
    """Somebody has cancelled the session meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This session is already cancelled."))


@transaction.atomic
def make_sessions(
    *,
    activity: Activity,
    within: Period,
    capacity: int | None,
    in_school_time: bool = True,
    in_holidays: bool = False,
) -> list[Session]:
    """Create the sessions that miss between two days, on the activity's weekdays.

    Days of closure are left out: those of the town, public holidays included, and
    those of the service. Sessions that exist already are left as they are.
    """
    periods = calendar_periods()
    days = days_to_make(
        activity=activity,
        within=within,
        in_school_time=in_school_time,
        in_holidays=in_holidays,
    )
    return Session.objects.bulk_create(
        _session(activity, day, capacity, periods) for day in days
    )


def days_to_make(
    *,
    activity: Activity,
    within: Period,
    in_school_time: bool = True,
    in_holidays: bool = False,
) -> list[date]:
    """Return the days on which `make_sessions` would create a session."""
    rule = _rule(activity, in_school_time=in_school_time, in_holidays=in_holidays)
    days = opening_days(
        rule,
        _calendar(calendar_periods()),
        within=within,
        closures=_closures(activity),
    )
    known = set(activity.sessions.values_list("starts_on", flat=True))
    return [day for day in days if day not in known]


@transaction.atomic
def cancel_session(
    *, session: Session, reason: str, actor: Account, now: datetime
) -> Session:
    """Say that a session does not take place; a job ends its bookings.

    The job is queued in this transaction: neither comes without the other. Raises
    AlreadyCancelledError.
    """
    locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if locked.cancelled_at is not None:
        raise AlreadyCancelledError
    locked.cancelled_at = now
    locked.save(update_fields=["cancelled_at"])
    record(actor=actor, action="session cancelled", target=locked, reason=reason)
    session_cancelled.send(
        sender=Session, session=locked, reason=reason, actor=actor, now=now
    )
    return locked


def _rule(
    activity: Activity, *, in_school_time: bool, in_holidays: bool
) -> OpeningRule:
    weekdays = frozenset(day - 1 for day in activity.weekdays)
    nothing: frozenset[int] = frozenset()
    return OpeningRule(
        in_school_time=weekdays if in_school_time else nothing,
        in_holidays=weekdays if in_holidays else nothing,
        # Public holidays are closures of the town.
        on_public_holidays=True,
    )


def _calendar(periods: list[CalendarPeriod]) -> SchoolCalendar:
    return SchoolCalendar(
        holidays=tuple(
            Period(each.from_on, each.until_on)
            for each in periods
            if each.kind == PeriodKind.HOLIDAY
        )
    )


def _closures(activity: Activity) -> list[Period]:
    closures = Closure.objects.filter(Q(service=None) | Q(service=activity.service_id))
    return [Period(each.from_on, each.until_on) for each in closures]


def _session(
    activity: Activity, day: date, capacity: int | None, periods: list[CalendarPeriod]
) -> Session:
    return Session(
        activity=activity,
        period=period_of(day, periods),
        starts_on=day,
        ends_on=day,
        start_time=activity.start_time,
        end_time=activity.end_time,
        capacity=capacity,
    )


def calendar_periods() -> list[CalendarPeriod]:
    """Return the town's periods in the order that everybody reads them."""
    return list(CalendarPeriod.objects.order_by("from_on", "-until_on", "code"))


def period_of(day: date, periods: list[CalendarPeriod]) -> CalendarPeriod | None:
    """Return the holidays a day is in, else its school year, else None."""
    around = [each for each in periods if each.from_on <= day < each.until_on]
    return min(around, key=_length, default=None)


def _length(period: CalendarPeriod) -> timedelta:
    return period.until_on - period.from_on
