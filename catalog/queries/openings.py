"""When registration opens next, anywhere in the town."""

from datetime import datetime

from catalog.models import RegistrationWindow, Service


def next_opening_of_registration(*, now: datetime) -> datetime | None:
    """Return the first moment to come when families may ask or book, or None.

    Of the services that families see: their own openings and their activities'. Two
    reads.
    """
    services = Service.objects.published().values_list(
        "requests_open_at", "bookings_open_at"
    )
    openings = {moment for pair in services for moment in pair if moment}
    openings |= set(
        RegistrationWindow.objects.filter(
            activity__service__is_published=True, opens_at__gt=now
        )
        .order_by("opens_at")
        .values_list("opens_at", flat=True)[:1]
    )
    return min((moment for moment in openings if moment > now), default=None)
