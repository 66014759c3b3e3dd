"""What stands in the way of a run, and what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.models import BillingRun, Charge, Invoice
from enrolment.enums import Attendance, BookingStatus
from enrolment.models import Booking
from tenants.domain.scope import Scope

SHOWN = 200
"""Bookings listed for each problem; the count says how many there are."""

NO_PRICE = _("The price cannot be explained. Price the booking again.")
OTHER_CURRENCY = _("The price is in another currency. Price the booking again.")
STILL_TO_COME = _("The day is still to come.")
NOT_RECORDED = _("Nobody recorded whether the child came: billed as booked.")

DUE = Q(status=BookingStatus.BOOKED) | Q(
    status=BookingStatus.CANCELLED, cancelled_late=True
)
"""Bookings to pay: those kept, and those cancelled after the deadline."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Bookings of one kind that staff should look at before they issue.

    `blocks` says that they are on no invoice.
    """

    text: Promise
    count: int
    blocks: bool
    bookings: tuple[Booking, ...] = ()


def runs(scope: Scope) -> QuerySet[BillingRun]:
    """Return a clerk's runs with régie, number of invoices and total, newest first."""
    return (
        BillingRun.objects.in_scope(scope)
        .select_related("regie", "started_by")
        .annotate(invoice_count=Count("invoices"), total=Sum("invoices__total_minor"))
        .order_by("-created_at", "-id")
    )


def drafts_of(run: BillingRun) -> QuerySet[Invoice]:
    """Return the invoices of a run with their number of lines, by file number."""
    return (
        Invoice.objects.filter(run=run)
        .select_related("household")
        .annotate(line_count=Count("lines"))
        .order_by("number", "household__file_number", "id")
    )


def totals_of(run: BillingRun) -> Mapping[str, Any]:
    """Return `invoices`, `total` in minor units and `free` (invoices of nothing)."""
    totals: Mapping[str, Any] = Invoice.objects.filter(run=run).aggregate(
        invoices=Count("id"),
        total=Sum("total_minor", default=0),
        free=Count("id", filter=Q(total_minor=0)),
    )
    return totals


def by_service(run: BillingRun) -> list[Mapping[str, Any]]:
    """Return `service__name`, `lines` and `total`, one row for each service."""
    return list(
        Charge.objects.filter(invoice__run=run)
        .values("service__name")
        .annotate(lines=Count("id"), total=Sum("amount_minor"))
        .order_by("service__name")
    )


def problems_of(run: BillingRun, *, currency: str, today: date) -> list[Problem]:
    """Return what staff should see before they issue, in a fixed number of queries."""
    bookings = Booking.objects.filter(
        DUE,
        session__activity__service__regies=run.regie_id,
        session__cancelled_at=None,
    ).starting_between(run.from_on, run.until_on)
    left_out = bookings.filter(charge=None)
    billed = bookings.filter(charge__invoice__run=run)
    found = [
        _problem(left_out.filter(trace={}), NO_PRICE, blocks=True),
        _problem(left_out.exclude(currency=currency), OTHER_CURRENCY, blocks=True),
        _problem(billed.filter(session__starts_on__gt=today), STILL_TO_COME),
        _problem(
            billed.filter(attendance=Attendance.UNKNOWN, session__starts_on__lte=today),
            NOT_RECORDED,
        ),
    ]
    return [problem for problem in found if problem.count]


def outdated_lines(run: BillingRun) -> int:
    """Count draft lines whose booking or late pick-up changed since."""
    return _outdated_bookings(run) + _outdated_late_pickups(run)


def _outdated_bookings(run: BillingRun) -> int:
    return (
        Charge.objects.filter(invoice__run=run, booking__isnull=False)
        .exclude(
            (Q(booking__status=BookingStatus.BOOKED) | Q(booking__cancelled_late=True))
            & (
                Q(booking__attendance=Attendance.ABSENT_JUSTIFIED, amount_minor=0)
                | (
                    ~Q(booking__attendance=Attendance.ABSENT_JUSTIFIED)
                    & Q(amount_minor=F("booking__price_minor"))
                )
            )
        )
        .count()
    )


def _outdated_late_pickups(run: BillingRun) -> int:
    """Count those corrected or taken back; the proof tells, also at the same price."""
    late = Charge.objects.filter(invoice__run=run, late_pickup__isnull=False)
    same = late.filter(
        late_pickup__pickup_time__isnull=False,
        late_pickup__booking__attendance=Attendance.PRESENT,
        late_pickup__booking__status=BookingStatus.BOOKED,
        trace=F("late_pickup__trace"),
    )
    return late.exclude(pk__in=same.values("pk")).count()


def _problem(
    bookings: QuerySet[Booking], text: Promise, *, blocks: bool = False
) -> Problem:
    count = bookings.count()
    shown: tuple[Booking, ...] = ()
    if blocks and count:
        listed = bookings.select_related("child", "household", "session__activity")
        shown = tuple(listed.order_by("session__starts_on", "id")[:SHOWN])
    return Problem(text, count, blocks, shown)
