"""Children of the demo who were there, and were collected late."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from enrolment.enums import Attendance
from enrolment.models import Booking
from enrolment.services.attendance import record_attendance
from enrolment.services.late_pickups import Writing, write_late_pickup
from families.models import Child
from foundation.accounts.models import Account
from foundation.reading import Node

# When the clerk writes the hours of the day.
CLOSING = time(20)


@dataclass(frozen=True, slots=True)
class Collected:
    """One child collected late: from what, on which day, at what hour."""

    child: str
    activity: str
    day: date
    hour: time


def read_late(node: Node) -> Collected:
    """Read one late pick-up."""
    late = Collected(
        node.text("child"),
        node.text("activity"),
        node.day("day") or date.min,
        node.time("at") or time.min,
    )
    node.close()
    return late


def collect(late: Collected, *, child: Child, clerk: Account, zone: ZoneInfo) -> None:
    """Tick the child as present and write the hour, that evening."""
    booking = Booking.objects.seated().get(
        child=child,
        session__activity__code=late.activity,
        session__starts_on=late.day,
    )
    record_attendance(
        booking=booking,
        attendance=Attendance.PRESENT,
        actor=clerk,
        today=late.day,
    )
    write_late_pickup(
        booking=booking,
        day=late.day,
        pickup_time=late.hour,
        writing=Writing(clerk, datetime.combine(late.day, CLOSING, zone), zone),
    )
