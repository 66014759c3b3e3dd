"""Absences that a family explains: a proof, linked to the days it is about.

The town decides. Once accepted, each of these days is an absence with a valid reason:
the price follows the service's own rule. A day on which the child came stays present,
and a day already on an invoice is corrected by who bills.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from enrolment.enums import Attendance, BookingStatus
from enrolment.models import Booking, ExcusedBooking
from enrolment.services.absence_errors import (
    NoDayChosenError,
    NotToExplainError,
    StillWaitingError,
)
from enrolment.services.absence_letters import send_absence_decided
from families.enums import ProofStatus, Proves
from families.models import Child, Household, Proof, ProofType
from families.services.documents import add_documents
from families.services.proof_values import Given
from families.services.proofs import accept_proof, refuse_proof, submit_proof
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.periods import ONE_DAY

#: How far back an absence may be explained, and how far ahead it may be known.
BACK, AHEAD = timedelta(days=60), timedelta(days=14)


def bookings_to_explain(
    household: Household, child: Child, *, today: date
) -> QuerySet[Booking]:
    """Return the child's booked days whose absence may be explained, latest first."""
    return (
        Booking.objects.filter(
            household=household,
            child=child,
            status=BookingStatus.BOOKED,
            attendance__in=[Attendance.UNKNOWN, Attendance.ABSENT_UNJUSTIFIED],
            session__cancelled_at=None,
        )
        .starting_between(today - BACK, today + AHEAD + ONE_DAY)
        .exclude(excuses__proof__status=ProofStatus.SUBMITTED)
        .select_related("session__activity__service", "child")
        .order_by("-session__starts_on", "id")
    )


def absence_types() -> QuerySet[ProofType]:
    """Return the types of proof that explain an absence."""
    return ProofType.objects.filter(proves=Proves.ABSENCE).order_by("name")


@transaction.atomic
def explain_absence(  # noqa: PLR0913 - each is one answer of the form, named.
    *,
    household: Household,
    child: Child,
    proof_type: ProofType,
    bookings: Collection[Booking],
    given: Given,
    actor: Account,
    now: datetime,
    today: date,
) -> Proof:
    """Hand in the reason of an absence for some booked days of one child.

    While a first one waits, files and days are added to it. Raises NoDayChosenError,
    NotToExplainError, StillWaitingError and what `submit_proof` raises.
    """
    if not bookings:
        raise NoDayChosenError
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    allowed = bookings_to_explain(household, child, today=today)
    chosen = list(allowed.filter(pk__in=[each.pk for each in bookings]))
    if len(chosen) != len(bookings) or proof_type.proves != Proves.ABSENCE:
        raise NotToExplainError
    proof = _add_to_waiting(household, child, proof_type, given, actor)
    if proof is None:
        proof = submit_proof(
            household=household,
            child=child,
            proof_type=proof_type,
            submitted_by=actor,
            now=now,
            files=given.files,
            value=given.value,
            answers=given.answers,
            is_certified=True,
        )
    ExcusedBooking.objects.bulk_create(
        ExcusedBooking(proof=proof, booking=each) for each in chosen
    )
    return proof


@transaction.atomic
def accept_absence(
    *, proof: Proof, reviewer: Account, now: datetime, today: date
) -> int:
    """Accept the reason, tell the family; return how many days it excuses.

    Raises AlreadyReviewedError.
    """
    accept_proof(proof=proof, reviewer=reviewer, valid_from=today, now=now)
    linked = (
        Booking.objects.select_for_update(of=("self",))
        .filter(excuses__proof=proof, status=BookingStatus.BOOKED)
        .exclude(attendance=Attendance.PRESENT)
    )
    excused = list(linked)
    for booking in excused:
        old, booking.attendance = booking.attendance, Attendance.ABSENT_JUSTIFIED
        booking.save(update_fields=["attendance"])
        record(
            actor=reviewer,
            action="absence excused",
            target=booking,
            old={"attendance": old},
            new={"attendance": booking.attendance, "proof": str(proof.public_id)},
        )
    proof.refresh_from_db()
    send_absence_decided(proof)
    return len(excused)


@transaction.atomic
def refuse_absence(
    *, proof: Proof, reason: str, reviewer: Account, now: datetime
) -> None:
    """Refuse the reason: the days stay due, the family reads why.

    Raises AlreadyReviewedError, MissingReasonError.
    """
    refuse_proof(proof=proof, reviewer=reviewer, reason=reason, now=now)
    proof.refresh_from_db()
    send_absence_decided(proof)


def _add_to_waiting(
    household: Household,
    child: Child,
    proof_type: ProofType,
    given: Given,
    actor: Account,
) -> Proof | None:
    """Add the files to the reason that waits already, if there is one."""
    waiting = Proof.objects.filter(
        household=household,
        child=child,
        proof_type=proof_type,
        status=ProofStatus.SUBMITTED,
    ).first()
    if waiting is None:
        return None
    if not given.files:
        raise StillWaitingError
    add_documents(proof=waiting, files=given.files, actor=actor)
    return waiting
