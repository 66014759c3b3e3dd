"""Who is expected on a day, activity by activity, for staff."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Lower

from catalog.models import Activity
from enrolment.enums import Attendance, BookingStatus
from enrolment.models import Booking
from families.queries.child_file import Care, cares_of
from tenants.domain.scope import Scope


@dataclass(frozen=True, slots=True)
class DayList:
    """The children expected in an activity on a day."""

    bookings: list[Booking]
    cares: Mapping[int, Care] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[Booking, Care]]:
        """Each booking with what is needed at hand of the child."""
        known, nothing = self.cares, Care()
        return [(each, known.get(each.child_id, nothing)) for each in self.bookings]

    @property
    def shows_health(self) -> bool:
        """Whether a health value is on the list."""
        return any(care.health is not None for care in self.cares.values())

    def count(self, attendance: str) -> int:
        """Return how many children have an attendance."""
        return sum(each.attendance == attendance for each in self.bookings)

    @property
    def present(self) -> int:
        """How many are there."""
        return self.count(Attendance.PRESENT)

    @property
    def unknown(self) -> int:
        """How many nobody has ticked yet."""
        return self.count(Attendance.UNKNOWN)


def day_list(
    activity: Activity, day: date, *, scope: Scope, with_health: bool = False
) -> DayList:
    """Return a clerk's children booked on a day, by session and name: five queries.

    Health is read for those who may see it only: `with_health`.

    A course that meets on given days only is listed on those days.
    """
    bookings = (
        Booking.objects.in_scope(scope)
        .filter(
            session__activity=activity,
            status=BookingStatus.BOOKED,
            session__starts_on__lte=day,
            session__ends_on__gte=day,
            session__cancelled_at=None,
        )
        .select_related("child__meal_type", "child__school", "session")
        .defer("trace", "split")
        .order_by(
            "session__start_time",
            "session__name",
            Lower("child__last_name"),
            Lower("child__first_name"),
        )
    )
    met = [each for each in bookings if _meets(each, day)]
    children = {each.child_id for each in met}
    return DayList(met, cares_of(children, today=day, with_health=with_health))


def listed_activities(scope: Scope) -> QuerySet[Activity]:
    """Return a clerk's activities with their service, in the town's order."""
    return (
        Activity.objects.in_scope(scope)
        .select_related("service")
        .order_by("service__position", "service__name", "position", "name")
    )


def _meets(booking: Booking, day: date) -> bool:
    days = booking.session.meets_on
    return not days or day.isoformat() in days
