"""Reads of the absences that families explained."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from enrolment.enums import Attendance
from enrolment.models import Booking, ExcusedBooking
from families.enums import ProofStatus, Proves
from families.models import Proof
from tenants.domain.scope import Scope


@dataclass(frozen=True, slots=True)
class AbsenceDay:
    """One day that a reason is about; `came` when the child was seen there."""

    day: date
    activity: str
    attendance: str
    came: bool


def waiting_absences(scope: Scope) -> QuerySet[Proof]:
    """Return the reasons that wait for a decision, the oldest first.

    Those about a day in scope: a family may be known to a department for its courses
    and explain an absence from another one's canteen.
    """
    reasons = Proof.objects.in_scope(scope)
    if not scope.is_everything:
        days = ExcusedBooking.objects.filter(
            proof=OuterRef("pk"), booking__in=Booking.objects.in_scope(scope)
        )
        reasons = reasons.filter(Exists(days))
    return (
        reasons.filter(proof_type__proves=Proves.ABSENCE, status=ProofStatus.SUBMITTED)
        .select_related("proof_type", "child", "household", "submitted_by")
        .annotate(days=Count("excused_bookings"))
        .order_by("submitted_at", "id")
    )


def absence_days(proof: Proof) -> list[AbsenceDay]:
    """Return the days of one reason, in order: one query."""
    bookings = (
        Booking.objects.filter(excuses__proof=proof)
        .select_related("session__activity")
        .order_by("session__starts_on", "id")
    )
    return [
        AbsenceDay(
            day=each.session.starts_on,
            activity=each.session.name or each.session.activity.name,
            attendance=str(each.get_attendance_display()),
            came=each.attendance == Attendance.PRESENT,
        )
        for each in bookings
    ]
