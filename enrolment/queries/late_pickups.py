"""Reads for late pick-ups: the vote of a day, what is written on it."""

from collections.abc import Iterable
from datetime import date

from catalog.models import Activity, TariffVersion
from enrolment.models import Booking, LatePickup


def rules_on(activity: Activity, day: date) -> TariffVersion | None:
    """Return the version of an activity's tariff in force on a day, if any."""
    voted = TariffVersion.objects.filter(
        tariff=activity.tariff_id,
        published_at__isnull=False,
        effective_from__lte=day,
    )
    return voted.order_by("-effective_from").first()


def written_on(bookings: Iterable[Booking], day: date) -> list[LatePickup]:
    """Return the late pick-ups of some bookings on a day, in one query."""
    return list(LatePickup.objects.of_bookings(bookings).filter(day=day))
