"""What a season is made of, a year later: sessions, registration periods, openings."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _, gettext_lazy

from catalog.domain.seasons import (
    Stay,
    a_year_later,
    by_whole_weeks,
    in_matching_week,
    moved_moment,
    same_name,
)
from catalog.enums import ActivityKind, PeriodKind
from catalog.models import (
    Activity,
    CalendarPeriod,
    RegistrationWindow,
    Service,
    Session,
)
from catalog.services.sessions import calendar_periods, make_sessions
from foundation.errors import DomainError
from foundation.periods import Period

OPENINGS = ("requests_open_at", "bookings_open_at")
#: A registration belongs to the season that begins less than half a year after it.
HALF_A_YEAR = timedelta(days=183)


class NotALaterSeasonError(DomainError):
    """The season copied onto does not come after the one copied."""

    def __init__(self) -> None:
        super().__init__(_("Choose a season that comes after the one you copy."))


@dataclass(slots=True)
class ActivityReport:
    """What a copy makes of one activity, and what it cannot make, with the reason."""

    activity: Activity
    sessions: list[Session] = field(default_factory=list)
    windows: list[RegistrationWindow] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class SeasonReport:
    """What a copy makes of a service; `openings` are the dates moved."""

    service: Service
    activities: list[ActivityReport] = field(default_factory=list)
    openings: dict[str, datetime] = field(default_factory=dict)
    situations: int = 0
    requirements: int = 0

    @property
    def made(self) -> int:
        """How many sessions and registration periods are made."""
        return sum(len(each.sessions) + len(each.windows) for each in self.activities)


@dataclass(frozen=True, slots=True)
class Season:
    """From which school year to which, in the town's time."""

    old: CalendarPeriod
    new: CalendarPeriod
    zone: ZoneInfo

    @property
    def shift(self) -> timedelta:
        """The distance of both, in whole weeks."""
        return by_whole_weeks(self.old.from_on, self.new.from_on)

    def span(self, period: CalendarPeriod) -> Period:
        """Return the days of a school year with the summer after it."""
        return Period(period.from_on, a_year_later(period.from_on))


def copy_service(service: Service, season: Season) -> SeasonReport:
    """Make the next season of a service; raises NotALaterSeasonError."""
    if season.new.from_on <= season.old.from_on:
        raise NotALaterSeasonError
    report = SeasonReport(
        service,
        situations=service.situations.count(),
        requirements=service.requirements.count(),
    )
    for activity in service.activities.order_by("position", "id"):
        report.activities.append(_copy_activity(activity, season))
    report.openings = _moved_openings(service, season)
    for key, moment in report.openings.items():
        setattr(service, key, moment)
    if report.openings:
        service.save(update_fields=list(report.openings))
    return report


def _copy_activity(activity: Activity, season: Season) -> ActivityReport:
    report = ActivityReport(activity)
    span = season.span(season.old)
    old = list(
        activity.sessions.between(span.start, span.until).select_related("period")  # type: ignore[arg-type] # Both ends are known.
    )
    if activity.kind == ActivityKind.DATED:
        _make_days(report, old, season)
    else:
        _make_courses(report, old, season)
    _move_windows(report, season)
    return report


def _make_days(report: ActivityReport, old: list[Session], season: Season) -> None:
    """Make the dated units again from the calendar, in the kinds of days they had."""
    if not old:
        report.refused.append(("", _("No session last season: nothing to copy.")))
        return
    kinds = {_kind(each) for each in old}
    places = Counter(each.capacity for each in old)
    report.sessions = make_sessions(
        activity=report.activity,
        within=season.span(season.new),
        capacity=places.most_common(1)[0][0],
        in_school_time=PeriodKind.SCHOOL_YEAR in kinds,
        in_holidays=PeriodKind.HOLIDAY in kinds,
    )
    if not report.sessions:
        reason = _("No opening day left to make: the sessions are there already.")
        report.refused.append(("", reason))


def _make_courses(report: ActivityReport, old: list[Session], season: Season) -> None:
    """Make each course again, in the same week of the matching holidays."""
    periods = calendar_periods()
    known = {
        (each.name, each.starts_on, each.start_time)
        for each in report.activity.sessions.all()
    }
    for each in old:
        made, reason = _moved_course(each, season, periods)
        if made is None:
            report.refused.append((str(each), str(reason)))
        elif (made.name, made.starts_on, made.start_time) in known:
            report.refused.append((str(each), _("It is there already.")))
        else:
            report.sessions.append(made)
    Session.objects.bulk_create(report.sessions)


_NO_HOLIDAYS = gettext_lazy("The calendar has no matching holidays. Add them first.")
_NO_WEEK = gettext_lazy("The new holidays have no such week.")


def _moved_course(
    old: Session, season: Season, periods: list[CalendarPeriod]
) -> tuple[Session | None, object]:
    days = tuple(date.fromisoformat(day) for day in old.meets_on)
    stay = Stay(old.starts_on, old.ends_on, days)
    if old.period is None or old.period.kind != PeriodKind.HOLIDAY:
        return _made_again(old, stay.moved(season.shift), season.new), ""
    span = season.span(season.new)
    coming = [(each.code, each) for each in periods if each.from_on in span]
    holidays = same_name(old.period.code, coming)
    if holidays is None:
        return None, _NO_HOLIDAYS
    moved = in_matching_week(
        stay,
        Period(old.period.from_on, old.period.until_on),
        Period(holidays.from_on, holidays.until_on),
    )
    return (
        (None, _NO_WEEK) if moved is None else (_made_again(old, moved, holidays), "")
    )


def _made_again(old: Session, stay: Stay, period: CalendarPeriod) -> Session:
    """Return the course of the new season; birth dates move a year with it."""
    later = {
        key: a_year_later(born)
        for key in ("born_from", "born_until")
        if (born := getattr(old, key)) is not None
    }
    return Session(
        activity=old.activity,
        name=old.name,
        period=period,
        starts_on=stay.first,
        ends_on=stay.last,
        start_time=old.start_time,
        end_time=old.end_time,
        meets_on=[day.isoformat() for day in stay.meets_on],
        capacity=old.capacity,
        price_minor=old.price_minor,
        **later,
    )


def _move_windows(report: ActivityReport, season: Season) -> None:
    """Open registration again so many weeks later, at the same hour."""
    span = season.span(season.old)
    for each in report.activity.windows.all():
        day = each.opens_at.astimezone(season.zone).date()
        if not span.start - HALF_A_YEAR <= day < span.start + HALF_A_YEAR:
            continue
        opens_at = moved_moment(each.opens_at, season.shift, season.zone)
        closes_at = each.closes_at and moved_moment(
            each.closes_at, season.shift, season.zone
        )
        again = report.activity.windows.filter(
            residence=each.residence, opens_at=opens_at
        )
        if not again.exists():
            report.windows.append(
                RegistrationWindow.objects.create(
                    activity=report.activity,
                    residence=each.residence,
                    opens_at=opens_at,
                    closes_at=closes_at,
                )
            )


def _moved_openings(service: Service, season: Season) -> dict[str, datetime]:
    """Return the opening dates of the service that belong to the old season, moved."""
    moved = {}
    limit = season.new.from_on - HALF_A_YEAR
    for key in OPENINGS:
        moment = getattr(service, key)
        if moment is not None and moment.astimezone(season.zone).date() < limit:
            moved[key] = moved_moment(moment, season.shift, season.zone)
    return moved


def _kind(session: Session) -> str:
    return session.period.kind if session.period else PeriodKind.SCHOOL_YEAR
