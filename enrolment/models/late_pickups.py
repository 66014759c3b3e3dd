"""Late pick-ups: a child collected after the end, at a price that can be explained."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import TariffVersion
from enrolment.models.bookings import Booking
from foundation.periods import Period
from foundation.records import Record


class LatePickupQuerySet(models.QuerySet["LatePickup"]):
    """Subsets of the late pick-ups."""

    def written(self) -> "LatePickupQuerySet":
        """Leave out those that a clerk took back."""
        return self.exclude(pickup_time=None)

    def of_bookings(self, bookings: Iterable[Booking]) -> "LatePickupQuerySet":
        """Return those of some bookings, by day."""
        ids = [each.pk for each in bookings]
        return self.written().filter(booking__in=ids).order_by("day", "pk")

    def counted_with(self, booking: Booking, days: Period) -> "LatePickupQuerySet":
        """Return those that count together: of a child, in a service, over some days.

        In the order in which they happened. Who was billed before stays counted.
        """
        return (
            self.written()
            .filter(
                booking__child=booking.child_id,
                booking__session__activity__service=booking.session.activity.service_id,
                day__gte=days.start,
                day__lt=days.until or date.max,
            )
            .select_related("booking__session__activity", "booking__household")
            .order_by("day", "booking__session__end_time", "pk")
        )


class LatePickup(Record):
    """One day on which a booked child was collected late; priced when it is written.

    Taken back, the row stays without its hour and costs nothing: a draft invoice may
    already point to it.
    """

    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="late_pickups"
    )
    day = models.DateField(_("day"))
    pickup_time = models.TimeField(_("collected at"), null=True)
    minutes = models.PositiveSmallIntegerField(_("minutes late"))
    # How many times in the school year, this one included.
    occurrence = models.PositiveSmallIntegerField(_("time number"))
    tariff_version = models.ForeignKey(
        TariffVersion, on_delete=models.PROTECT, related_name="late_pickups"
    )
    price_minor = models.BigIntegerField(_("price"))
    currency = models.CharField(max_length=3)
    # As on a booking: shares in minor units, and the proof of the price.
    split = models.JSONField(default=dict)
    trace = models.JSONField(default=dict)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = LatePickupQuerySet.as_manager()

    class Meta:
        verbose_name = _("late pick-up")
        verbose_name_plural = _("late pick-ups")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["booking", "day"], name="a_child_is_collected_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(price_minor__gte=0),
                name="a_late_pickup_is_not_paid_back",
            ),
            models.CheckConstraint(
                condition=models.Q(pickup_time__isnull=False) | models.Q(price_minor=0),
                name="what_is_taken_back_costs_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking} {self.day}"
