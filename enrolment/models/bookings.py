"""Bookings: a place promised to a child, at a price that can be explained."""

from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Session, TariffVersion
from enrolment.enums import SEATED, Attendance, BookingStatus, Timing
from families.models import Child, Household, Proof
from foundation.records import Record
from tenants.domain.scope import Scope
from tenants.townhall.queries import within


class Order(Record):
    """A basket that a family confirmed."""

    reference = models.CharField(
        _("reference"), max_length=20, unique=True, editable=False
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="orders"
    )
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField(_("placed at"))
    total_minor = models.BigIntegerField(_("total"))
    currency = models.CharField(max_length=3)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")

    def __str__(self) -> str:
        return self.reference


class BookingQuerySet(models.QuerySet["Booking"]):
    """Subsets of the bookings."""

    def in_scope(self, scope: Scope) -> "BookingQuerySet":
        """Return bookings of a clerk's services, of children of their schools."""
        service = "session__activity__service__department_id"
        return self.filter(within(scope, department=service, school="child__school_id"))

    def seated(self) -> "BookingQuerySet":
        """Return bookings that take a place."""
        return self.filter(status__in=SEATED)

    def kept(self, *, now: datetime) -> "BookingQuerySet":
        """Return bookings that take a place, holds whose time is over left out."""
        return self.seated().exclude(status=BookingStatus.HELD, held_until__lte=now)

    def in_basket(self, household: Household, *, now: datetime) -> "BookingQuerySet":
        """Return what a household has in its basket and still holds.

        A session that was cancelled meanwhile holds nothing for anybody.
        """
        return self.filter(
            household=household,
            status=BookingStatus.HELD,
            held_until__gt=now,
            session__cancelled_at=None,
        )

    def lapsed(self, *, now: datetime) -> "BookingQuerySet":
        """Return held places whose time is over."""
        return self.filter(status=BookingStatus.HELD, held_until__lte=now)

    def due(self) -> "BookingQuerySet":
        """Return what is to be paid: booked, or cancelled after the deadline."""
        late = models.Q(status=BookingStatus.CANCELLED, cancelled_late=True)
        return self.filter(models.Q(status=BookingStatus.BOOKED) | late)

    def starting_between(self, first: date, until: date) -> "BookingQuerySet":
        """Return bookings of sessions that start in a half-open period."""
        return self.filter(session__starts_on__gte=first, session__starts_on__lt=until)


class Booking(Record):
    """One child in one session, paid by one household.

    Two invariants stand in the database beside the constraints below, in triggers of
    the first migration: the session's `seats_taken` follows the status, and the hours
    of two seated bookings of a child never overlap.
    """

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="bookings"
    )
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="bookings")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="bookings"
    )
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, null=True, related_name="bookings"
    )
    status = models.CharField(_("status"), max_length=10, choices=BookingStatus)
    timing = models.CharField(
        _("booked"), max_length=8, choices=Timing, default=Timing.IN_TIME
    )
    attendance = models.CharField(
        _("attendance"),
        max_length=20,
        choices=Attendance,
        default=Attendance.UNKNOWN,
    )
    tariff_version = models.ForeignKey(
        TariffVersion, on_delete=models.PROTECT, related_name="bookings"
    )
    price_minor = models.BigIntegerField(_("price"))
    currency = models.CharField(max_length=3)
    # Shares of the price, in minor units: {"care": 0, "meal": 235, "other": 0}.
    split = models.JSONField(default=dict)
    trace = models.JSONField(default=dict)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    held_until = models.DateTimeField(null=True)
    booked_at = models.DateTimeField(_("booked at"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Cancelled after the deadline: the place is free again, the price is still due.
    cancelled_late = models.BooleanField(_("cancelled too late"), default=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["session", "child"],
                condition=models.Q(status__in=SEATED),
                name="a_child_is_once_in_a_session",
                violation_error_message=_("This child is already in this session."),
            ),
            models.CheckConstraint(
                condition=models.Q(price_minor__gte=0),
                name="a_price_is_not_negative",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=BookingStatus.HELD)
                | models.Q(held_until__isnull=False),
                name="a_held_place_has_an_end",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=BookingStatus.BOOKED)
                | models.Q(booked_at__isnull=False),
                name="a_booking_knows_its_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["household", "status"], name="bookings_of_household"),
            models.Index(
                fields=["held_until"],
                condition=models.Q(status=BookingStatus.HELD),
                name="held_bookings",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} / {self.session}"


class ExcusedBooking(models.Model):
    """A booking that a proof of absence is about."""

    proof = models.ForeignKey(
        Proof, on_delete=models.CASCADE, related_name="excused_bookings"
    )
    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="excuses"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["proof", "booking"], name="a_proof_excuses_a_booking_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proof} / {self.booking}"
