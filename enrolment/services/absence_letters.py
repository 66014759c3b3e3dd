"""The message of a decision on an absence: the days, and what it does to the price."""

from django.urls import reverse

from enrolment.enums import Attendance
from enrolment.models import Booking
from enrolment.services.booking_letters import send_of_service
from families.enums import ProofStatus
from families.models import Proof
from families.queries import addresses_for


def send_absence_decided(proof: Proof) -> None:
    """Tell the family: the days justified, those that stay due, and the reason."""
    bookings = list(
        Booking.objects.filter(excuses__proof=proof)
        .select_related("session__activity__service__department", "child")
        .order_by("session__starts_on", "id")
    )
    if not bookings:
        return
    excused = Attendance.ABSENT_JUSTIFIED
    is_accepted = proof.status == ProofStatus.ACCEPTED
    send_of_service(
        "absence_decided",
        addresses_for(proof.submitted_by, proof.household),
        bookings[0].session.activity.service,
        path=reverse("families:proof", args=[proof.public_id]),
        child=bookings[0].child.first_name,
        is_accepted=is_accepted,
        reason=proof.refusal_reason,
        justified=[each for each in bookings if each.attendance == excused],
        due=[each for each in bookings if each.attendance != excused],
    )
